using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Operations;

/// <summary>
/// Merges versions that share an encoder; BERTopic's <c>merge_models</c>. The topics of the parent version keep their numbers; a topic
/// of another version that is similar to none becomes a new topic. The result predicts by centroid and has no term weights.
/// </summary>
/// <param name="Versions">Versions to merge in, of this or other models, in order; 1 to 16, each with a number.</param>
/// <param name="MinSimilarity">
/// Smallest cosine similarity of the centroids of two topics that are merged, −1 to 1; Python <c>min_similarity</c>. Null: the
/// default of the server, 0.7 as in BERTopic.
/// </param>
public sealed record MergeModels(IReadOnlyList<ModelSelector> Versions, double? MinSimilarity = null) : VersionOperation;
