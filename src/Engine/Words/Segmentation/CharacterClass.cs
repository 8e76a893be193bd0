namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>Kind of a character for <see cref="ScriptWords"/>.</summary>
internal enum CharacterClass
{
    /// <summary>No part of a word.</summary>
    Separator,

    /// <summary>Part of no word, but not the end of one either: joiners, soft hyphens, optional vowel signs.</summary>
    Ignored,

    /// <summary>Letter, digit, low line or combining mark of a script with spaces.</summary>
    Letter,

    /// <summary>Korean syllable or letter.</summary>
    Hangul,

    /// <summary>Han character.</summary>
    Han,

    /// <summary>Hiragana.</summary>
    Hiragana,

    /// <summary>Katakana.</summary>
    Katakana,

    /// <summary>Thai, Lao, Khmer or Burmese.</summary>
    Unspaced,
}
