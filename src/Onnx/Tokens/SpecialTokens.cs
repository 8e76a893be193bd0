using System.Text;

namespace TopicGrpc.Onnx.Tokens;

/// <summary>The five special tokens of BERT. Where one stands in a text, in capitals, it is taken as itself, before anything is normalized.</summary>
internal sealed class SpecialTokens
{
    private static readonly string[] Names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private readonly int[] _ids;

    private SpecialTokens(int[] ids) => _ids = ids;

    /// <summary>Id of the token that stands for an unknown word.</summary>
    public int Unk => _ids[1];

    /// <summary>Id of the token that begins a text.</summary>
    public int Cls => _ids[2];

    /// <summary>Id of the token that ends a text.</summary>
    public int Sep => _ids[3];

    /// <summary>Finds the tokens in a vocabulary.</summary>
    /// <exception cref="InvalidDataException">One is missing.</exception>
    public static SpecialTokens Read(Stream vocabulary)
    {
        int[] ids = new int[Names.Length];
        Array.Fill(ids, -1);
        using StreamReader reader = new(vocabulary, Encoding.UTF8, leaveOpen: true);
        for (int line = 0; reader.ReadLine() is { } piece; line++)
        {
            int index = Array.IndexOf(Names, piece);
            if (index >= 0)
            {
                ids[index] = line;
            }
        }

        int missing = Array.IndexOf(ids, -1);
        return missing < 0 ? new SpecialTokens(ids) : throw new InvalidDataException($"The vocabulary has no line {Names[missing]}.");
    }

    /// <summary>Whether a special token stands at the start of a text.</summary>
    public bool TryMatch(ReadOnlySpan<char> text, out int id, out int length)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if (text.StartsWith(Names[i], StringComparison.Ordinal))
            {
                id = _ids[i];
                length = Names[i].Length;
                return true;
            }
        }

        id = 0;
        length = 0;
        return false;
    }
}
