namespace TopicGrpc.Onnx.Tokens;

/// <summary>What a code point does to the word it stands in.</summary>
internal enum CharacterKind : byte
{
    /// <summary>Becomes part of the word.</summary>
    Letter,

    /// <summary>Is dropped; the word goes on.</summary>
    Removed,

    /// <summary>Is dropped and ends the word.</summary>
    Space,

    /// <summary>Ends the word before it and is a word of its own.</summary>
    Punctuation,

    /// <summary>As punctuation, but still decomposed.</summary>
    Ideograph,
}
