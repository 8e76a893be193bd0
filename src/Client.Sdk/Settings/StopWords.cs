using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Words that topics leave out; Python <c>stop_words</c>.</summary>
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

    /// <summary>Name of a list that the server has; null where <see cref="Words"/> counts.</summary>
    public string? List { get; }

    /// <summary>The words themselves; empty where <see cref="List"/> counts.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>A list that the server has.</summary>
    /// <param name="list">Its name, such as <c>english</c>.</param>
    /// <returns>The words.</returns>
    public static StopWords Named(string list) => new(list, []);

    /// <summary>Words of one's own, compared after lower-casing.</summary>
    /// <param name="words">At most 100,000, each at most 256 bytes of UTF-8.</param>
    /// <returns>The words.</returns>
    public static StopWords Of(IEnumerable<string> words) => new(null, [.. words]);
}
