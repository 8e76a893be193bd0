using Microsoft.Extensions.Options;

namespace TopicGrpc.Cluster.Silo;

/// <summary>Checks <see cref="SiloOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class SiloOptionsValidator : IValidateOptions<SiloOptions>;
