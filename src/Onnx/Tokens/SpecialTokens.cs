namespace TopicGrpc.Onnx.Tokens;

/// <summary>The five special tokens of BERT. A special token in a text, in capitals, is matched before normalization.</summary>
/// <param name="pieces">Vocabulary.</param>
/// <exception cref="InvalidDataException">A special token is not in the vocabulary.</exception>
internal sealed class SpecialTokens(WordPieces pieces)
{
    private readonly (string Text, int Id)[] _all =
        [.. new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]" }.Select(text => (text, pieces.IdOf(text)))];

    /// <summary>Id of the token for an unknown word.</summary>
    public int Unk => _all[1].Id;

    /// <summary>Id of the first token of a text.</summary>
    public int Cls => _all[2].Id;

    /// <summary>Id of the last token of a text.</summary>
    public int Sep => _all[3].Id;

    /// <summary>Matches a special token at the start of a text.</summary>
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
