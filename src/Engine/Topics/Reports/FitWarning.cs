namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Warning about a fit or an operation.</summary>
/// <param name="Code">
/// Machine-readable code: <c>collapse</c>, <c>no_topics</c>, <c>vocabulary_limits</c>, <c>aspects_dropped</c>, <c>foreign_words</c>,
/// <c>outlier_centroid</c>, <c>unnamed_encoder</c>, <c>no_texts</c>, <c>neighbors_reduced</c>, <c>topics_without_words</c>,
/// <c>weighting_ignored</c>, <c>identical_documents</c>, <c>outliers_kept</c>, <c>encoder_language</c>,
/// <c>documents_quarantined</c>, <c>documents_not_finite</c>.
/// </param>
/// <param name="Message">Human-readable cause and remedy.</param>
public sealed record FitWarning(string Code, string Message)
{
    /// <summary>One topic holds most documents, or far too few topics were found.</summary>
    public const string Collapse = "collapse";

    /// <summary>No cluster was found: every document is an outlier.</summary>
    public const string NoTopics = "no_topics";

    /// <summary>The frequency limits removed every term, so the fit ignored them.</summary>
    public const string VocabularyLimits = "vocabulary_limits";

    /// <summary>The topics changed and the words of other aspects could not be chosen again, so the model has none.</summary>
    public const string AspectsDropped = "aspects_dropped";

    /// <summary>
    /// The vectorizer of an imported BERTopic model has settings without a counterpart: its words are kept, but queries by words can
    /// differ.
    /// </summary>
    public const string ForeignWords = "foreign_words";

    /// <summary>An imported BERTopic model has a centroid of outliers but no outliers; the centroid was removed.</summary>
    public const string OutlierCentroid = "outlier_centroid";

    /// <summary>
    /// An imported BERTopic model does not name its encoder; the server's encoder was assumed because the dimensions are equal.
    /// </summary>
    public const string UnnamedEncoder = "unnamed_encoder";

    /// <summary>The fit has fewer documents than <c>n_neighbors</c>, so it used all others as neighbors, as umap-learn does.</summary>
    public const string NeighborsReduced = "neighbors_reduced";

    /// <summary>Topics have no word of positive weight.</summary>
    public const string TopicsWithoutWords = "topics_without_words";

    /// <summary>BM25 gave no word a positive weight, so the fit weighted the words without it.</summary>
    public const string WeightingIgnored = "weighting_ignored";

    /// <summary>All documents have the same embedding, so they are one topic.</summary>
    public const string IdenticalDocuments = "identical_documents";

    /// <summary>The outlier policy applies to new texts only, because the documents or their embeddings are missing.</summary>
    public const string OutliersKept = "outliers_kept";

    /// <summary>Documents are in languages that the encoder does not cover.</summary>
    public const string EncoderLanguage = "encoder_language";

    /// <summary>Documents are left out, because the process ended each time the encoder ran on their text.</summary>
    public const string DocumentsQuarantined = "documents_quarantined";

    /// <summary>Documents are left out, because the encoder computes numbers that are not finite for them.</summary>
    public const string DocumentsNotFinite = "documents_not_finite";

    /// <summary>The documents of the version are no longer available, so the quality figures that need texts are missing.</summary>
    public const string NoTexts = "no_texts";
}
