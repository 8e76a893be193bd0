using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Settings of the count matrix; Python <c>CountVectorizer(…)</c>. Null means the default of scikit-learn. As in BERTopic, the frequency
/// limits count topics: the texts of a topic are joined into one document.
/// </summary>
public sealed record VectorizerSettings
{
    /// <summary>Stop words; Python <c>stop_words</c>. Default none.</summary>
    [JsonPropertyName("stop_words")]
    public StopWords? StopWords { get; init; }

    /// <summary>Words per term; Python <c>ngram_range</c>. Default 1 to 1.</summary>
    [JsonPropertyName("ngram_range")]
    public NgramRange? NgramRange { get; init; }

    /// <summary>Terms in fewer topics are dropped; Python <c>min_df</c>. Default: 1 topic.</summary>
    [JsonPropertyName("min_df")]
    public FrequencyLimit? MinTopicFrequency { get; init; }

    /// <summary>Terms in more topics are dropped; Python <c>max_df</c>. Default: share 1.0.</summary>
    [JsonPropertyName("max_df")]
    public FrequencyLimit? MaxTopicFrequency { get; init; }

    /// <summary>Only the most frequent terms are kept; Python <c>max_features</c>. 1 or more. Default: all.</summary>
    [JsonPropertyName("max_features")]
    public int? MaxTerms { get; init; }

    /// <summary>Whether texts are lower-cased first; Python <c>lowercase</c>. Default true.</summary>
    [JsonPropertyName("lowercase")]
    public bool? Lowercase { get; init; }

    /// <summary>
    /// How texts are split into words: <c>token_pattern</c>, scikit-learn's default pattern, or <c>unicode</c>, which keeps combining marks
    /// and splits scripts without spaces. Default <c>token_pattern</c>; an operation keeps that of its version.
    /// </summary>
    [JsonPropertyName("segmentation")]
    public string? Segmentation { get; init; }

    /// <summary>Fixed terms, at most 1,000,000; Python <c>vocabulary</c>. Empty: the terms come from the texts.</summary>
    [JsonPropertyName("vocabulary")]
    public IReadOnlyList<string> Vocabulary { get; init; } = [];
}
