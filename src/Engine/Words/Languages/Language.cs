using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Words.Languages;

/// <summary>
/// A language with a list of stop words: articles, pronouns, prepositions, conjunctions, auxiliaries and similar words, compiled for this
/// project under its license. Content words are not in the lists.
/// </summary>
public sealed class Language
{
    private readonly Lazy<IReadOnlyCollection<string>> _stopWords;

    private Language(string code, string name, Script script)
    {
        Code = code;
        Name = name;
        Script = script;
        _stopWords = new(() => WordList.Read($"stopwords.{code}.txt").ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>All languages with a list, in the order of their codes.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("ar", "arabic", Script.Arabic),
        new("cs", "czech", Script.Latin),
        new("da", "danish", Script.Latin),
        new("de", "german", Script.Latin),
        new("el", "greek", Script.Greek),
        new("en", "english", Script.Latin),
        new("es", "spanish", Script.Latin),
        new("fi", "finnish", Script.Latin),
        new("fr", "french", Script.Latin),
        new("hi", "hindi", Script.Devanagari),
        new("hu", "hungarian", Script.Latin),
        new("id", "indonesian", Script.Latin),
        new("it", "italian", Script.Latin),
        new("ja", "japanese", Script.Kana),
        new("ko", "korean", Script.Hangul),
        new("nl", "dutch", Script.Latin),
        new("no", "norwegian", Script.Latin),
        new("pl", "polish", Script.Latin),
        new("pt", "portuguese", Script.Latin),
        new("ro", "romanian", Script.Latin),
        new("ru", "russian", Script.Cyrillic),
        new("sv", "swedish", Script.Latin),
        new("th", "thai", Script.Thai),
        new("tr", "turkish", Script.Latin),
        new("uk", "ukrainian", Script.Cyrillic),
        new("zh", "chinese", Script.Han),
    ];

    /// <summary>ISO 639-1 code.</summary>
    public string Code { get; }

    /// <summary>English name, lowercase.</summary>
    public string Name { get; }

    /// <summary>Stop words, lowercase.</summary>
    public IReadOnlyCollection<string> StopWords => _stopWords.Value;

    /// <summary>Script in which the language is written.</summary>
    internal Script Script { get; }

    /// <summary>Finds a language by its code or name.</summary>
    /// <param name="name">Code or name, lowercase.</param>
    /// <returns>The language; null if there is none.</returns>
    public static Language? Find(string name) => All.FirstOrDefault(language => language.Code == name || language.Name == name);
}
