namespace TopicGrpc.Engine.Words;

/// <summary>Settings of the word counts; scikit-learn's <c>CountVectorizer</c>. A "document" of the frequency limits is a topic: all its texts joined.</summary>
public sealed record WordOptions
{
    /// <summary>Lower-case texts first; Python <c>lowercase</c>. Default true.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>Words left out, compared after lower-casing; Python <c>stop_words</c>. <see cref="Words.StopWords.English"/> is scikit-learn's list. Default none.</summary>
    public IReadOnlyCollection<string> StopWords { get; init; } = [];

    /// <summary>Fewest words in a term; first of Python <c>ngram_range</c>. 1 or more. Default 1.</summary>
    public int MinNgram { get; init; } = 1;

    /// <summary>Most words in a term; second of Python <c>ngram_range</c>. At least <see cref="MinNgram"/>. Default 1.</summary>
    public int MaxNgram { get; init; } = 1;

    /// <summary>Terms in fewer topics are dropped; Python <c>min_df</c>. Default: 1 topic.</summary>
    public FrequencyLimit MinTopicFrequency { get; init; } = FrequencyLimit.Count(1);

    /// <summary>Terms in more topics are dropped; Python <c>max_df</c>. Default: share 1.0, which drops none.</summary>
    public FrequencyLimit MaxTopicFrequency { get; init; } = FrequencyLimit.Share(1.0);

    /// <summary>Only the most frequent terms are kept; Python <c>max_features</c>. Null: all.</summary>
    public int? MaxTerms { get; init; }

    /// <summary>Fixed terms; Python <c>vocabulary</c>. Null: learned.</summary>
    public IReadOnlyList<string>? Vocabulary { get; init; }

    /// <summary>Delete everything but ASCII letters, digits and spaces first; what BERTopic does for <c>language="english"</c> without a given encoder. Default false.</summary>
    public bool KeepAsciiOnly { get; init; }

    internal WordOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MinNgram, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNgram, MinNgram);
        if (MaxTerms is { } terms)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(terms, 1, nameof(MaxTerms));
        }

        return this;
    }
}
