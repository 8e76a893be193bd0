using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Operations;

/// <summary>
/// Makes one model of several that share an encoder; BERTopic's <c>merge_models</c>. The topics of the version it starts from keep their ids; a topic
/// of a further version that resembles none so far becomes a new one. The result predicts by centroid and holds no word weights.
/// </summary>
/// <param name="Versions">Further versions, of this model or of others, in the order in which they are joined; 1 to 16, each with its number.</param>
/// <param name="MinSimilarity">Least cosine of two topics' mean vectors for them to be one, −1 to 1; Python <c>min_similarity</c>.</param>
public sealed record MergeModels(IReadOnlyList<ModelSelector> Versions, double MinSimilarity = 0.7) : VersionOperation;
