using System.Globalization;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Words;
using TopicGrpc.Engine.Words.Languages;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>Stop words of a corpus: the lists of its languages and its <see cref="FrequentWords"/>.</summary>
internal static class StopWordChoice
{
    /// <summary>Share of the documents from which the list of a language is used.</summary>
    private const double LeastShare = 0.05;

    /// <summary>Chooses the stop words.</summary>
    /// <param name="texts">All texts.</param>
    /// <param name="words">Settings for reading them.</param>
    /// <param name="languages">Languages of the corpus.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The settings with stop words, and the choice for the report.</returns>
    public static (WordOptions Words, SettingChoice Choice) Choose(
        IReadOnlyList<string> texts,
        WordOptions words,
        IReadOnlyList<LanguageShare> languages,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        LanguageShare[] used =
            [.. languages.Where(static share => share.Share >= LeastShare && share.Language != LanguageShare.Undetermined)];
        Language[] lists = [.. used.Select(static share => Language.Find(share.Language)!)];
        HashSet<string> stopWords = new(lists.SelectMany(static language => language.StopWords), StringComparer.Ordinal);
        words = words with { StopWords = stopWords };
        IReadOnlyList<string> frequent =
            FrequentWords.Find(DocumentTokenizer.Read(texts, words, compute, cancellationToken), cancellationToken);
        stopWords.UnionWith(frequent);
        return (words, new SettingChoice("vectorizer.stop_words", Value(lists, frequent), Reason(used, frequent.Count)));
    }

    /// <summary>Returns a share as a whole percentage, with the space of the other messages.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    private static string Value(Language[] lists, IReadOnlyList<string> frequent)
    {
        string[] parts = [.. lists.Select(static language => language.Name), .. frequent];
        return parts.Length == 0 ? "none" : string.Join(", ", parts);
    }

    private static string Reason(LanguageShare[] used, int frequent)
    {
        string shares = used.Length == 0
            ? "No language with a list was recognized."
            : $"Share of the documents: {string.Join(", ", used.Select(static share => $"{share.Language} {Percent(share.Share)}"))}.";
        return frequent == 0
            ? shares
            : $"{shares} {(frequent == 1 ? "One word occurs" : $"{frequent} words occur")} in more than {Percent(FrequentWords.Share)} of "
                + "the documents and beside most other words.";
    }
}
