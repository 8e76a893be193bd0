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

    /// <summary>The 318 English words of scikit-learn's list.</summary>
    public static StopWords English { get; } = Named("english");

    /// <summary>Name of a list of the server; null if <see cref="Words"/> applies.</summary>
    public string? List { get; }

    /// <summary>Custom stop words; empty if <see cref="List"/> applies.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Creates stop words from a list of the server.</summary>
    /// <param name="list">Its name, such as <c>english</c>.</param>
    /// <returns>The words.</returns>
    public static StopWords Named(string list) => new(list, []);

    /// <summary>Creates custom stop words, compared after lower-casing.</summary>
    /// <param name="words">At most 100,000, each at most 256 bytes of UTF-8.</param>
    /// <returns>The words.</returns>
    public static StopWords Of(IEnumerable<string> words) => new(null, [.. words]);
}
