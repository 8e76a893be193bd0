namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Something in a fit that its owner should know.</summary>
/// <param name="Code">Name for machines: <c>collapse</c>, <c>no_topics</c>, <c>vocabulary_limits</c>, <c>aspects_dropped</c>, <c>foreign_words</c>, <c>outlier_centroid</c>, <c>unnamed_encoder</c>, <c>no_texts</c>.</param>
/// <param name="Message">Cause and cure, for people.</param>
public sealed record FitWarning(string Code, string Message)
{
    /// <summary>One topic holds most documents, or far too few topics were found.</summary>
    public const string Collapse = "collapse";

    /// <summary>No cluster was found: every document is an outlier.</summary>
    public const string NoTopics = "no_topics";

    /// <summary>The frequency limits dropped every term and were left out.</summary>
    public const string VocabularyLimits = "vocabulary_limits";

    /// <summary>Topics changed, so their words under other aspects no longer hold and were left out.</summary>
    public const string AspectsDropped = "aspects_dropped";

    /// <summary>A BERTopic model reads texts in a way that this engine does not: its words hold, queries by words differ.</summary>
    public const string ForeignWords = "foreign_words";

    /// <summary>A BERTopic model had no outliers but still their mean vector, which was left out.</summary>
    public const string OutlierCentroid = "outlier_centroid";

    /// <summary>A BERTopic model does not say which encoder it needs; the one at hand has vectors of the same length and was taken.</summary>
    public const string UnnamedEncoder = "unnamed_encoder";

    /// <summary>The documents of a version are gone, so the figures that need their texts were left out.</summary>
    public const string NoTexts = "no_texts";
}
