using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Predicting;

/// <summary>Checks <see cref="EmbeddingOptions"/>; generated from its annotations.</summary>
[OptionsValidator]
internal sealed partial class EmbeddingOptionsValidator : IValidateOptions<EmbeddingOptions>;
