namespace TopicGrpc.Client.Fits;

/// <summary>Settings of the word counts; scikit-learn's <c>CountVectorizer</c>. What is null takes the server's default.</summary>
public sealed record VectorizerSettings
{
    /// <summary>Words left out by the name of a list; <c>english</c> is scikit-learn's. Python <c>stop_words</c>. Server's default none.</summary>
    public string? StopWordList { get; init; }

    /// <summary>Words left out, one by one, besides <see cref="StopWordList"/>.</summary>
    public IReadOnlyList<string> StopWords { get; init; } = [];

    /// <summary>Terms in fewer topics are dropped; Python <c>min_df</c>. Server's default 1 topic.</summary>
    public FrequencyLimit? MinTopicFrequency { get; init; }

    /// <summary>Terms in more topics are dropped; Python <c>max_df</c>. Server's default share 1.0.</summary>
    public FrequencyLimit? MaxTopicFrequency { get; init; }

    /// <summary>Fewest words in a term; first of Python <c>ngram_range</c>. Server's default 1.</summary>
    public int? MinNgram { get; init; }

    /// <summary>Most words in a term; second of Python <c>ngram_range</c>. Server's default 1.</summary>
    public int? MaxNgram { get; init; }

    /// <summary>Whether texts are lower-cased first; Python <c>lowercase</c>. Server's default true.</summary>
    public bool? Lowercase { get; init; }

    /// <summary>Only the most frequent terms are kept; Python <c>max_features</c>. Server's default all.</summary>
    public int? MaxTerms { get; init; }
}
