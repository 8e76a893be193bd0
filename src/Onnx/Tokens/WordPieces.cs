using System.Text;

namespace TopicGrpc.Onnx.Tokens;

/// <summary>
/// A WordPiece vocabulary (Wu et al. 2016) with BERT's greedy longest-match segmentation. No candidate is longer than the
/// longest piece, so the cost is linear in the length of the word.
/// </summary>
internal sealed class WordPieces
{
    private const string ContinuationPrefix = "##";

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _initial;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _continuing;
    private readonly int _longest;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="vocabulary">
    /// UTF-8 text with one piece per line; the id of a piece is its line number from 0. Continuation pieces start with
    /// <c>##</c>.
    /// </param>
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

    /// <summary>Returns the id of an initial piece.</summary>
    /// <exception cref="InvalidDataException">The piece is not in the vocabulary.</exception>
    public int IdOf(string piece) =>
        _ids.TryGetValue(piece, out int id) ? id : throw new InvalidDataException($"The vocabulary does not contain the piece {piece}.");

    /// <summary>Segments a word into pieces.</summary>
    /// <param name="word">Normalized word.</param>
    /// <param name="ids">Receives the ids; the length of the word is always sufficient.</param>
    /// <returns>Number of ids; 0 if the word has no segmentation.</returns>
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
