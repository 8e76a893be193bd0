namespace TopicGrpc.Engine.Words.Languages;

/// <summary>Script of a language.</summary>
internal enum Script
{
    /// <summary>A script without a language in <see cref="Language.All"/>.</summary>
    Other,

    /// <summary>Latin.</summary>
    Latin,

    /// <summary>Cyrillic.</summary>
    Cyrillic,

    /// <summary>Greek.</summary>
    Greek,

    /// <summary>Arabic.</summary>
    Arabic,

    /// <summary>Devanagari.</summary>
    Devanagari,

    /// <summary>Han characters without kana: Chinese.</summary>
    Han,

    /// <summary>Kana, with or without Han characters: Japanese.</summary>
    Kana,

    /// <summary>Hangul.</summary>
    Hangul,

    /// <summary>Thai.</summary>
    Thai,
}
