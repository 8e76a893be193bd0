using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using TopicGrpc.Engine.Words.Languages;
using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Word settings chosen by the languages of the corpus, and the warning about languages that the encoder does not cover.</summary>
internal sealed class AutomaticWords
{
    /// <summary>Share of the documents in languages that the encoder does not cover, from which the fit warns.</summary>
    private const double LeastForeign = 0.2;

    /// <summary>Share of the documents from which a language is in the report; smaller shares are mostly names and quotations.</summary>
    private const double LeastReported = 0.01;

    private readonly List<SettingChoice> _choices = [];
    private readonly FitContext _fit;
    private readonly CorpusLanguages _languages;
    private readonly FitWarning? _warning;

    /// <param name="fit">The fit.</param>
    /// <param name="encoderLanguages">Codes of the languages that the encoder covers; empty if they are not known.</param>
    public AutomaticWords(FitContext fit, IReadOnlyCollection<string> encoderLanguages)
    {
        _fit = fit;
        _languages = CorpusLanguages.Read(fit.Input.Documents.Texts, fit.Compute, fit.CancellationToken);
        _warning = Foreign(fit.Embedder.Name, encoderLanguages);
    }

    /// <summary>Returns the fit with the chosen settings.</summary>
    public FitContext Choose()
    {
        TopicModelOptions options = _fit.Options;
        AutomaticChoices open = options.Automatic;
        if (open.HasFlag(AutomaticChoices.Segmentation) && _languages.NeedSegmentation)
        {
            options = options with { Words = options.Words with { Segmentation = WordSegmentation.Unicode } };
            _choices.Add(new SettingChoice(
                "vectorizer.segmentation",
                "unicode",
                $"{StopWordChoice.Percent(_languages.SegmentedShare)} of the documents have combining marks or a script without spaces."));
        }

        if (open.HasFlag(AutomaticChoices.StopWords))
        {
            (WordOptions words, SettingChoice choice) = StopWordChoice.Choose(
                _fit.Input.Documents.Texts, options.Words, _languages.Shares, _fit.Compute, _fit.CancellationToken);
            options = options with { Words = words };
            _choices.Add(choice);
        }

        const AutomaticChoices done = AutomaticChoices.Segmentation | AutomaticChoices.StopWords;
        return _fit with { Options = options with { Automatic = open & ~done } };
    }

    /// <summary>Adds the languages, the choices and the warning to the report.</summary>
    public TopicModel Explain(TopicModel model) => model.WithReport(model.Report with
    {
        Languages = [.. _languages.Shares.Where(static share => share.Share >= LeastReported)],
        Choices = [.. model.Report.Choices, .. _choices],
        Warnings = _warning is null ? model.Report.Warnings : [.. model.Report.Warnings, _warning],
    });

    private FitWarning? Foreign(string encoder, IReadOnlyCollection<string> known)
    {
        LanguageShare[] foreign =
        [
            .. _languages.Shares.Where(share => share.Share >= LeastReported && !known.Contains(share.Language)),
        ];
        double share = foreign.Sum(static share => share.Share);
        return known.Count == 0 || share < LeastForeign
            ? null
            : new FitWarning(
                FitWarning.EncoderLanguage,
                $"{StopWordChoice.Percent(share)} of the documents are in languages that the encoder {encoder} does not cover "
                + $"({Names([.. foreign.Select(static share => share.Language)])}); it covers {Names(known)}. Their topics can be poor. "
                + "Use an encoder for these languages.");
    }

    private static string Names(IReadOnlyCollection<string> codes) => string.Join(", ", codes.Select(NameOf));

    private static string NameOf(string code) =>
        Language.Find(code)?.Name ?? (code == LanguageShare.Undetermined ? "unknown" : code);
}
