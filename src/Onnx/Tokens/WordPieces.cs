using System.Text;

namespace TopicGrpc.Onnx.Tokens;

/// <summary>
/// A vocabulary of word pieces and the rule that cuts words by it: from the left, always the longest piece that fits (Wu et al. 2016; <c>WordPiece</c> of
/// BERT). No piece longer than the vocabulary's longest is tried, so a word costs its length times a constant.
/// </summary>
internal sealed class WordPieces
{
    private const string ContinuationPrefix = "##";

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _initial;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _continuing;
    private readonly int _longest;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="vocabulary">One piece a line, UTF-8; its id is its line number from 0. A piece that continues a word begins with <c>##</c>.</param>
    public WordPieces(Stream vocabulary)
    {
        Dictionary<string, int> continuing = new(StringComparer.Ordinal);
        using StreamReader reader = new(vocabulary, Encoding.UTF8, leaveOpen: true);
        for (int id = 0; reader.ReadLine() is { } piece; id++)
        {
            if (piece.Length > ContinuationPrefix.Length && piece.StartsWith(ContinuationPrefix, StringComparison.Ordinal))
            {
                continuing[piece[ContinuationPrefix.Length..]] = id;
            }
            else
            {
                _ids[piece] = id;
            }

            _longest = Math.Max(_longest, piece.Length);
        }

        _initial = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        _continuing = continuing.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Id of a piece that begins a word.</summary>
    /// <exception cref="InvalidDataException">The vocabulary does not have it.</exception>
    public int IdOf(string piece) =>
        _ids.TryGetValue(piece, out int id) ? id : throw new InvalidDataException($"The vocabulary has no line {piece}.");

    /// <summary>Cuts a word.</summary>
    /// <param name="word">The word, normalized.</param>
    /// <param name="ids">Receives the ids; as long as the word is always enough.</param>
    /// <returns>Number of ids, or 0 when no pieces make up the word.</returns>
    public int Cut(ReadOnlySpan<char> word, Span<int> ids)
    {
        int count = 0;
        while (!word.IsEmpty)
        {
            int length = FindLongest(count == 0 ? _initial : _continuing, word, out int id);
            if (length == 0)
            {
                return 0;
            }

            ids[count++] = id;
            word = word[length..];
        }

        return count;
    }

    private int FindLongest(Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> pieces, ReadOnlySpan<char> word, out int id)
    {
        id = 0;
        int length = Math.Min(word.Length, _longest);
        while (length > 0 && !pieces.TryGetValue(word[..length], out id))
        {
            length--;
        }

        return length;
    }
}
