using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace TopicGrpc.Onnx.Tokens;

/// <summary>
/// Canonical decomposition (NFD) of a code point, without nonspacing marks. <see cref="string.Normalize()"/> is not usable:
/// it is a no-op with <c>InvariantGlobalization</c>, and with ICU its result depends on the machine. The canonical order of
/// marks is irrelevant: no remaining mark is in the vocabulary, so a word with one is unknown in any order.
/// </summary>
internal static class CanonicalBases
{
    private const int HangulFirst = 0xAC00;
    private const int HangulLast = 0xD7A3;

    // Unicode standard, section 3.12: syllable = leading × 588 + vowel × 28 + trailing.
    private const int VowelCount = 21;
    private const int TrailingCount = 28;

    private static readonly FrozenDictionary<int, int[]> Table = Load();

    /// <summary>Decomposes a code point; writes the code point itself if it has no decomposition.</summary>
    /// <param name="codePoint">Code point whose kind is not <see cref="CharacterKind.Removed"/>.</param>
    /// <param name="bases">Receives up to three code points.</param>
    /// <returns>Number of code points, 1 to 3.</returns>
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
            ?? throw new InvalidOperationException("The resource canonical-bases.txt is missing from the assembly.");
        using StreamReader reader = new(stream, Encoding.ASCII);
        Dictionary<int, int[]> table = [];
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                int[] points =
                [
                    .. line.Split(' ').Select(static part => int.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
                ];
                table.Add(points[0], points[1..]);
            }
        }

        return table.ToFrozenDictionary();
    }
}
