namespace TopicGrpc.Onnx.Tokens;

/// <summary>The five special tokens of BERT. Where one stands in a text, in capitals, it is taken as itself, before anything is normalized.</summary>
/// <param name="pieces">The vocabulary.</param>
/// <exception cref="InvalidDataException">The vocabulary lacks one.</exception>
internal sealed class SpecialTokens(WordPieces pieces)
{
    private readonly (string Text, int Id)[] _all =
        [.. new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]" }.Select(text => (text, pieces.IdOf(text)))];

    /// <summary>Id of the token that stands for an unknown word.</summary>
    public int Unk => _all[1].Id;

    /// <summary>Id of the token that begins a text.</summary>
    public int Cls => _all[2].Id;

    /// <summary>Id of the token that ends a text.</summary>
    public int Sep => _all[3].Id;

    /// <summary>Whether a special token stands at the start of a text.</summary>
    public bool TryMatch(ReadOnlySpan<char> text, out int id, out int length)
    {
        foreach ((string token, int tokenId) in _all)
        {
            if (text.StartsWith(token, StringComparison.Ordinal))
            {
                id = tokenId;
                length = token.Length;
                return true;
            }
        }

        id = 0;
        length = 0;
        return false;
    }
}
