using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Stop words; Python <c>stop_words</c>.</summary>
[JsonConverter(typeof(StopWordsConverter))]
public sealed record StopWords
{
    private StopWords(string? list, IReadOnlyList<string> words)
    {
        List = list;
        Words = words;
    }

    /// <summary>
    /// The lists of the languages of the documents, and words in more than 30 % of the documents that occur beside most other words.
    /// <see cref="Fits.FitReport.Choices"/> names them.
    /// </summary>
    public static StopWords Automatic { get; } = Named("auto");

    /// <summary>No stop words.</summary>
    public static StopWords None { get; } = Named("none");

    /// <summary>The 318 English words of scikit-learn's list.</summary>
    public static StopWords English { get; } = Named("english");

    /// <summary>Name of a list of the server; null if <see cref="Words"/> applies.</summary>
    public string? List { get; }

    /// <summary>Custom stop words; empty if <see cref="List"/> applies.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Creates stop words from a list of the server.</summary>
    /// <param name="list">
    /// <c>auto</c>, <c>none</c>, <c>en</c> (the list that <c>auto</c> uses for English), <c>english</c> (scikit-learn's list), or another
    /// language: arabic, chinese, czech, danish, dutch, finnish, french, german, greek, hindi, hungarian, indonesian, italian, japanese,
    /// korean, norwegian, polish, portuguese, romanian, russian, spanish, swedish, thai, turkish, ukrainian.
    /// </param>
    /// <returns>The words.</returns>
    public static StopWords Named(string list) => new(list, []);

    /// <summary>Creates custom stop words, compared after lower-casing.</summary>
    /// <param name="words">At most 100,000, each at most 256 bytes of UTF-8.</param>
    /// <returns>The words.</returns>
    public static StopWords Of(IEnumerable<string> words) => new(null, [.. words]);
}
