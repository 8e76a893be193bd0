using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Changes the outlier policy and the novelty threshold. A new policy also treats the outliers among the training documents, if they are
/// given and the model keeps their embeddings; the words are then computed again. Documents that an earlier policy assigned keep their
/// topics. BERTopic has no counterpart.
/// </summary>
public sealed record UpdatePredictions : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "update_predictions";

    /// <inheritdoc/>
    public override bool NeedsDocuments => false;

    /// <summary>Treatment of outliers; null keeps the setting.</summary>
    public OutlierPolicy? OutlierPolicy { get; init; }

    /// <summary>Minimum cosine of an outlier with its topic, −1 to 1; null keeps the setting.</summary>
    public double? OutlierMinSimilarity { get; init; }

    /// <summary>Novelty below which a text is novel, 0 to 1; null keeps the setting.</summary>
    public double? NoveltyThreshold { get; init; }

    internal override bool UsesDocuments => true;

    internal override void Validate() => Changed(new TopicModelOptions()).Validated();

    private protected override TopicModelState Apply(OperationInput input) =>
        input.Model.State with { Options = Changed(input.Model.Options) };

    private TopicModelOptions Changed(TopicModelOptions options) => options with
    {
        OutlierPolicy = OutlierPolicy ?? options.OutlierPolicy,
        OutlierMinSimilarity = OutlierMinSimilarity ?? options.OutlierMinSimilarity,
        NoveltyThreshold = NoveltyThreshold ?? options.NoveltyThreshold,
    };
}
