using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Settings of the term counts; scikit-learn's <c>CountVectorizer</c>. The frequency limits count topics: a "document" of
/// scikit-learn is the joined text of a topic.
/// </summary>
public sealed record WordOptions
{
    private const int MaxTermWords = 5;

    /// <summary>True to convert texts to lowercase; Python <c>lowercase</c>. Default true.</summary>
    public bool Lowercase { get; init; } = true;

    /// <summary>
    /// Words to exclude, compared after the conversion to lowercase; Python <c>stop_words</c>.
    /// <see cref="Words.StopWords.English"/> is scikit-learn's list. Default none.
    /// </summary>
    public IReadOnlyCollection<string> StopWords { get; init; } = [];

    /// <summary>
    /// How texts are split into words. Python has only <see cref="WordSegmentation.TokenPattern"/>, the default.
    /// </summary>
    public WordSegmentation Segmentation { get; init; }

    /// <summary>Minimum n-gram size; first value of Python <c>ngram_range</c>. 1 to 5. Default 1.</summary>
    public int MinNgram { get; init; } = 1;

    /// <summary>Maximum n-gram size; second value of Python <c>ngram_range</c>. <see cref="MinNgram"/> to 5. Default 1.</summary>
    public int MaxNgram { get; init; } = 1;

    /// <summary>Minimum number of topics that contain a term; Python <c>min_df</c>. Default 1 topic.</summary>
    public FrequencyLimit MinTopicFrequency { get; init; } = FrequencyLimit.Count(1);

    /// <summary>Maximum number of topics that contain a term; Python <c>max_df</c>. Default share 1.0, which excludes no term.</summary>
    public FrequencyLimit MaxTopicFrequency { get; init; } = FrequencyLimit.Share(1.0);

    /// <summary>Maximum number of terms, the most frequent first; Python <c>max_features</c>. 1 or more. Default null: no limit.</summary>
    public int? MaxTerms { get; init; }

    /// <summary>Fixed vocabulary; Python <c>vocabulary</c>. Default null: learned from the texts.</summary>
    public IReadOnlyList<string>? Vocabulary { get; init; }

    /// <summary>
    /// True to remove all characters but ASCII letters, digits and spaces first, as BERTopic does for
    /// <c>language="english"</c>. Default false.
    /// </summary>
    public bool KeepAsciiOnly { get; init; }

    internal WordOptions Validated()
    {
        OptionRange.Require(MinNgram, 1, MaxTermWords);
        OptionRange.Require(MaxNgram, MinNgram, MaxTermWords);
        OptionRange.Require(MaxTerms ?? 1, 1, int.MaxValue, nameof(MaxTerms));
        return this;
    }
}
