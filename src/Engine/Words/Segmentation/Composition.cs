namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>
/// Canonical composition of a base character and one combining mark: Latin, kana and Hangul, which texts from some systems decompose.
/// <see cref="string.Normalize()"/> is not usable: with invariant globalization it changes ASCII only.
/// </summary>
internal static class Composition
{
    private const string VoicedKana = "かきくけこさしすせそたちつてとはひふへほ";
    private const char KatakanaFirst = '\u30A1';
    private const int KanaDistance = 0x60;
    private const int HangulFirst = 0xAC00;
    private const int VowelCount = 21;
    private const int FinalCount = 28;
    private const int LeadFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int FinalBeforeFirst = 0x11A7;

    /// <summary>Marks with pairs of a base letter and the composed letter.</summary>
    private static readonly Dictionary<int, string> Pairs = new()
    {
        [0x0300] = "aàeèiìoòuùnǹAÀEÈIÌOÒUÙ",
        [0x0301] = "aáeéiíoóuúyýcćnńsśzźlĺrŕAÁEÉIÍOÓUÚYÝCĆNŃSŚZŹ",
        [0x0302] = "aâeêiîoôuûAÂEÊIÎOÔUÛ",
        [0x0303] = "aãnñoõAÃNÑOÕ",
        [0x0304] = "aāeēiīoōuūAĀEĒIĪOŌUŪ",
        [0x0306] = "aăgğAĂGĞ",
        [0x0307] = "zżeėIİZŻ",
        [0x0308] = "aäeëiïoöuüyÿAÄEËIÏOÖUÜ",
        [0x030A] = "aåuůAÅUŮ",
        [0x030B] = "oőuűOŐUŰ",
        [0x030C] = "cčdďeěnňrřsštťzžCČDĎEĚNŇRŘSŠTŤZŽ",
        [0x0326] = "sștțSȘTȚ",
        [0x0327] = "cçsşCÇSŞ",
        [0x0328] = "aąeęAĄEĘ",
    };

    /// <summary>Composes a character with a mark after it.</summary>
    /// <param name="first">Character before the mark.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="composed">Receives the composed character.</param>
    /// <returns>False if there is no composed character.</returns>
    public static bool TryCompose(char first, int mark, out char composed)
    {
        composed = default;
        char hiragana = (char)(first >= KatakanaFirst ? first - KanaDistance : first);
        if (mark is 0x3099 or 0x309A && VoicedKana.Contains(hiragana, StringComparison.Ordinal))
        {
            // A voiced kana follows its base, and a semi-voiced kana follows the voiced one.
            composed = (char)(first + mark - 0x3098);
            return true;
        }

        string pairs = Pairs.GetValueOrDefault(mark, "");
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] == first)
            {
                composed = pairs[i + 1];
                return true;
            }
        }

        return false;
    }

    /// <summary>Composes Hangul: a leading consonant and a vowel, or a syllable without final consonant and one.</summary>
    public static bool TryComposeHangul(char first, int second, out char composed)
    {
        composed = default;
        if (first is >= (char)LeadFirst and <= '\u1112' && second is >= VowelFirst and < VowelFirst + VowelCount)
        {
            composed = (char)(HangulFirst + ((((first - LeadFirst) * VowelCount) + second - VowelFirst) * FinalCount));
            return true;
        }

        if (first is >= (char)HangulFirst and <= '\uD7A3' && (first - HangulFirst) % FinalCount == 0
            && second is > FinalBeforeFirst and < FinalBeforeFirst + FinalCount)
        {
            composed = (char)(first + second - FinalBeforeFirst);
            return true;
        }

        return false;
    }
}
