namespace TopicGrpc.Engine.Topics;

/// <summary>Answer of a model to one text, after its training documents and its outlier policy are taken into account.</summary>
/// <param name="Prediction">Topic and probabilities. The probabilities of all topics are those of a new text.</param>
/// <param name="Basis">Source of the topic.</param>
/// <param name="IsKnown">Whether the text is that of a training document.</param>
public sealed record TopicAnswer(TopicPrediction Prediction, AnswerBasis Basis, bool IsKnown)
{
    /// <summary>Row of the training document with the text; null for a new text.</summary>
    public int? DocumentRow { get; init; }

    /// <summary>Topic with the nearest centroid, for an outlier or a text that the outlier policy assigned; null for others.</summary>
    public int? NearestTopicId { get; init; }

    /// <summary>Cosine with the centroid of <see cref="NearestTopicId"/>; 0 if that is null.</summary>
    public double NearestSimilarity { get; init; }

    /// <summary>
    /// Share of training documents that are at least as far from their neighbors as the text, in [0, 1]: small for a foreign text. Null if
    /// the model has no <see cref="TopicModelState.Novelty"/>.
    /// </summary>
    public double? Novelty { get; init; }

    /// <summary>Whether the novelty is below the model's threshold.</summary>
    public bool IsNovel { get; init; }
}
