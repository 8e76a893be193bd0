namespace TopicGrpc.Engine.Topics;

/// <summary>Something in a fit that its owner should know.</summary>
/// <param name="Code">Name for machines: <c>collapse</c>, <c>no_topics</c>, <c>vocabulary_limits</c>.</param>
/// <param name="Message">Cause and cure, for people.</param>
public sealed record FitWarning(string Code, string Message)
{
    /// <summary>One topic holds most documents, or far too few topics were found.</summary>
    public const string Collapse = "collapse";

    /// <summary>No cluster was found: every document is an outlier.</summary>
    public const string NoTopics = "no_topics";

    /// <summary>The frequency limits dropped every term and were left out.</summary>
    public const string VocabularyLimits = "vocabulary_limits";
}
