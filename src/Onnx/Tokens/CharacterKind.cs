namespace TopicGrpc.Onnx.Tokens;

/// <summary>Effect of a code point on the current word.</summary>
internal enum CharacterKind : byte
{
    /// <summary>Part of the word.</summary>
    Letter,

    /// <summary>Removed; the word continues.</summary>
    Removed,

    /// <summary>Removed; ends the word.</summary>
    Space,

    /// <summary>Ends the word and is a word of its own.</summary>
    Punctuation,

    /// <summary>As punctuation, but is decomposed first.</summary>
    Ideograph,
}
