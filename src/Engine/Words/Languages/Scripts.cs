using System.Text;

namespace TopicGrpc.Engine.Words.Languages;

/// <summary>Script of characters and texts.</summary>
internal static class Scripts
{
    /// <summary>Share of kana among kana and Han characters from which a text is Japanese.</summary>
    private const int KanaDivisor = 20;

    /// <summary>Returns the script of most letters of a text; null for a text without letters.</summary>
    public static Script? Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[Enum.GetValues<Script>().Length];
        counts.Clear();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                counts[(int)Of(rune.Value)]++;
            }
        }

        int han = counts[(int)Script.Han] + counts[(int)Script.Kana];
        Script east = counts[(int)Script.Kana] * KanaDivisor > han ? Script.Kana : Script.Han;
        counts[(int)Script.Han] = 0;
        counts[(int)Script.Kana] = 0;
        counts[(int)east] = han;
        int best = 0;
        for (int script = 1; script < counts.Length; script++)
        {
            best = counts[script] > counts[best] ? script : best;
        }

        return counts[best] == 0 ? null : (Script)best;
    }

    private static Script Of(int value) => value switch
    {
        (>= 'A' and <= 'z') or (>= 0x00AA and <= 0x024F) or (>= 0x1E00 and <= 0x1EFF) => Script.Latin,
        (>= 0x0370 and <= 0x03FF) or (>= 0x1F00 and <= 0x1FFF) => Script.Greek,
        >= 0x0400 and <= 0x052F => Script.Cyrillic,
        (>= 0x0600 and <= 0x06FF) or (>= 0x0750 and <= 0x077F) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) => Script.Arabic,
        >= 0x0900 and <= 0x097F => Script.Devanagari,
        >= 0x0E00 and <= 0x0E7F => Script.Thai,
        (>= 0x3041 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0xFF66 and <= 0xFF9F) => Script.Kana,
        0x3005 or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) =>
            Script.Han,
        (>= 0x1100 and <= 0x11FF) or (>= 0x3130 and <= 0x318F) or (>= 0xAC00 and <= 0xD7FF) => Script.Hangul,
        _ => Script.Other,
    };
}
