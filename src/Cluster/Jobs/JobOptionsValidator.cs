using Microsoft.Extensions.Options;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>Checks <see cref="JobOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class JobOptionsValidator : IValidateOptions<JobOptions>;
