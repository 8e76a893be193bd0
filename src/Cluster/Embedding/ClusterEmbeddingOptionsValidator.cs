using Microsoft.Extensions.Options;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>Checks <see cref="ClusterEmbeddingOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class ClusterEmbeddingOptionsValidator : IValidateOptions<ClusterEmbeddingOptions>;
