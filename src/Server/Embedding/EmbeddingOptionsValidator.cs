using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Embedding;

/// <summary>Checks <see cref="EmbeddingOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class EmbeddingOptionsValidator : IValidateOptions<EmbeddingOptions>;
