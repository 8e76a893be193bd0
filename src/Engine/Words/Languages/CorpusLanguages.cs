using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Words.Languages;

/// <summary>
/// Languages of a corpus. The script of a document names its language, or leaves a choice among languages: then every stop word of the
/// document counts for each language that has it, divided by the number of these languages. Documents without a stop word have no
/// language. The result depends on the documents and their order alone.
/// </summary>
internal sealed class CorpusLanguages
{
    private const int MaxDocuments = 5000;
    private const int MaxCharacters = 2000;
    private const int BlockSize = 256;
    private const double LeastSegmented = 0.01;

    /// <summary>Weight of the corpus in the decision for one document, in stop words.</summary>
    private const double CorpusWeight = 0.5;

    private static readonly Dictionary<Script, Dictionary<string, int[]>> LanguagesByWord = Index();

    private CorpusLanguages(IReadOnlyList<LanguageShare> shares, double segmented)
    {
        Shares = shares;
        SegmentedShare = segmented;
    }

    /// <summary>Shares of the languages, the largest first; empty if no document has a known language.</summary>
    public IReadOnlyList<LanguageShare> Shares { get; }

    /// <summary>Whether <see cref="SegmentedShare"/> is at least 1 %.</summary>
    public bool NeedSegmentation => SegmentedShare >= LeastSegmented;

    /// <summary>Share of the documents that <see cref="WordSegmentation.TokenPattern"/> splits incorrectly.</summary>
    public double SegmentedShare { get; }

    /// <summary>Reads the languages of at most 5,000 documents, evenly spaced, and 2,000 characters of each.</summary>
    public static CorpusLanguages Read(IReadOnlyList<string> texts, ComputeOptions compute, CancellationToken cancellationToken)
    {
        int count = Math.Min(MaxDocuments, texts.Count);
        double[][] scores = new double[count][];
        bool[] segmented = new bool[count];
        RowBlocks.Run(
            count,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                WordSource words = new(WordSegmentation.Unicode, lowercase: true);
                for (int i = first; i < end; i++)
                {
                    string text = texts[(int)((long)i * texts.Count / count)];
                    text = text.Length > MaxCharacters ? text[..MaxCharacters] : text;
                    scores[i] = Score(text, words);
                    segmented[i] = NeedsSegmentation(text);
                }
            },
            cancellationToken);
        return new CorpusLanguages(Decide(scores), count == 0 ? 0 : (double)segmented.Count(static needs => needs) / count);
    }

    /// <summary>Returns the score of each language, and of scripts without one last; all 0 if nothing is known.</summary>
    private static double[] Score(string text, WordSource words)
    {
        double[] scores = new double[Language.All.Count + 1];
        if (Scripts.Of(text) is not { } script)
        {
            return scores;
        }

        if (!LanguagesByWord.TryGetValue(script, out Dictionary<string, int[]>? languages))
        {
            scores[^1] = 1;
            return scores;
        }

        Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> lookup = languages.GetAlternateLookup<ReadOnlySpan<char>>();
        WordReader reader = words.Read(text);
        while (reader.MoveNext())
        {
            if (lookup.TryGetValue(reader.Current, out int[]? known))
            {
                foreach (int language in known)
                {
                    scores[language] += 1.0 / known.Length;
                }
            }
        }

        if (IsOfOneLanguage(script, out int only))
        {
            scores[only] = Math.Max(scores[only], 1);
        }

        return scores;
    }

    private static bool IsOfOneLanguage(Script script, out int only)
    {
        only = -1;
        int found = 0;
        for (int language = 0; language < Language.All.Count; language++)
        {
            if (Language.All[language].Script == script)
            {
                only = language;
                found++;
            }
        }

        return found == 1;
    }

    private static List<LanguageShare> Decide(double[][] scores)
    {
        double[] total = new double[Language.All.Count + 1];
        double sum = 0;
        foreach (double[] score in scores)
        {
            double all = score.Sum();
            for (int language = 0; language < total.Length && all > 0; language++)
            {
                total[language] += score[language] / all;
            }

            sum += all > 0 ? 1 : 0;
        }

        int[] documents = new int[total.Length];
        foreach (double[] score in scores)
        {
            int best = -1;
            double highest = 0;
            for (int language = 0; language < total.Length; language++)
            {
                double value = score[language] > 0 ? score[language] + (CorpusWeight * total[language] / sum) : 0;
                (best, highest) = value > highest ? (language, value) : (best, highest);
            }

            if (best >= 0)
            {
                documents[best]++;
            }
        }

        return
        [
            .. Enumerable.Range(0, total.Length)
                .Where(language => documents[language] > 0)
                .OrderByDescending(language => documents[language])
                .Select(language => new LanguageShare(
                    language < Language.All.Count ? Language.All[language].Code : LanguageShare.Undetermined,
                    documents[language] / sum)),
        ];
    }

    private static bool NeedsSegmentation(string text)
    {
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            if (!rune.IsAscii
                && (CharacterClasses.IsMark(rune)
                    || CharacterClasses.Of(rune) is CharacterClass.Han or CharacterClass.Hiragana or CharacterClass.Katakana
                        or CharacterClass.Hangul or CharacterClass.Unspaced))
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<Script, Dictionary<string, int[]>> Index() => Language.All
        .Select(static (language, number) => (Language: language, Number: number))
        .GroupBy(static entry => entry.Language.Script)
        .ToDictionary(
            static group => group.Key,
            static group => group
                .SelectMany(static entry => entry.Language.StopWords.Select(word => (Word: word, entry.Number)))
                .GroupBy(static pair => pair.Word, StringComparer.Ordinal)
                .ToDictionary(
                    static pairs => pairs.Key,
                    static pairs => pairs.Select(static pair => pair.Number).ToArray(),
                    StringComparer.Ordinal));
}
