using Microsoft.Extensions.Options;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Checks <see cref="PostgresOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class PostgresOptionsValidator : IValidateOptions<PostgresOptions>;
