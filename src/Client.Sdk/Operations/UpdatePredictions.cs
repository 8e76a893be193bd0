using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Operations;

/// <summary>
/// Changes how a version treats new texts. A null property keeps the value of the parent; at least one must be set. A new policy is also
/// applied to the outliers among the documents, if they still exist. Documents that an earlier policy assigned keep their topics.
/// </summary>
public sealed record UpdatePredictions : VersionOperation
{
    /// <summary>Treatment of outliers, from <see cref="OutlierPolicies"/>.</summary>
    public string? OutlierPolicy { get; init; }

    /// <summary>Smallest cosine similarity of an outlier and its topic under <see cref="OutlierPolicies.Nearest"/>, −1 to 1.</summary>
    public double? OutlierMinSimilarity { get; init; }

    /// <summary>Novelty below which a text is novel, 0 to 1.</summary>
    public double? NoveltyThreshold { get; init; }
}
