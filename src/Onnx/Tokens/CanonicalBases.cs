using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace TopicGrpc.Onnx.Tokens;

/// <summary>
/// What canonical decomposition (NFD) leaves of a code point when marks without width are dropped.
/// <see cref="string.Normalize()"/> cannot be used: with <c>InvariantGlobalization</c> it changes nothing, and with ICU its answer
/// depends on the machine. The order of marks, which NFD also settles, does not matter here: of the marks that stay, none is in the
/// vocabulary, so a word with one is unknown whatever the order.
/// </summary>
internal static class CanonicalBases
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;

    // Unicode 3.12: syllable = leading × 588 + vowel × 28 + trailing.
    private const int VowelCount = 21;
    private const int TrailingCount = 28;

    private static readonly FrozenDictionary<int, int[]> Table = Load();

    /// <summary>Writes what is left of a code point; itself when it has no decomposition.</summary>
    /// <param name="codePoint">A code point that is not <see cref="CharacterKind.Removed"/>.</param>
    /// <param name="bases">Receives up to three code points.</param>
    /// <returns>Number of code points written, 1 or more.</returns>
    public static int Decompose(int codePoint, Span<int> bases)
    {
        if (codePoint is >= HangulFirst and <= HangulLast)
        {
            return DecomposeHangul(codePoint - HangulFirst, bases);
        }

        if (Table.TryGetValue(codePoint, out int[]? found))
        {
            found.CopyTo(bases);
            return found.Length;
        }

        bases[0] = codePoint;
        return 1;
    }

    private static int DecomposeHangul(int syllable, Span<int> bases)
    {
        bases[0] = 0x1100 + (syllable / (VowelCount * TrailingCount));
        bases[1] = 0x1161 + (syllable / TrailingCount % VowelCount);
        int trailing = syllable % TrailingCount;
        if (trailing == 0)
        {
            return 2;
        }

        bases[2] = 0x11A7 + trailing;
        return 3;
    }

    private static FrozenDictionary<int, int[]> Load()
    {
        using Stream stream = typeof(CanonicalBases).Assembly.GetManifestResourceStream("canonical-bases.txt")
            ?? throw new InvalidOperationException("The table of canonical bases is missing from the assembly.");
        using StreamReader reader = new(stream, Encoding.ASCII);
        Dictionary<int, int[]> table = [];
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                int[] points = [.. line.Split(' ').Select(static part => int.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
                table.Add(points[0], points[1..]);
            }
        }

        return table.ToFrozenDictionary();
    }
}
