using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps the automatic preset to the choices of the fit.</summary>
internal static class AutomaticContract
{
    /// <summary>Returns the preferred number of topics.</summary>
    public static Granularity GranularityOf(FitSettings settings) => settings.Granularity switch
    {
        "coarse" => Granularity.Coarse,
        "fine" => Granularity.Fine,
        _ => Granularity.Auto,
    };

    /// <summary>Returns the choices that the fit makes: with the automatic preset, those whose settings are absent.</summary>
    public static AutomaticChoices Choices(FitSettings settings)
    {
        if (settings.Preset != FitSettings.Types.Preset.Auto)
        {
            return ChoosesStopWords(settings) ? AutomaticChoices.StopWords : AutomaticChoices.None;
        }

        AutomaticChoices open = AutomaticChoices.All;
        Close(settings.Umap is { HasNNeighbors: true }, AutomaticChoices.NeighborCount);
        Close(settings.Umap is { HasNComponents: true }, AutomaticChoices.ComponentCount);
        Close(settings.Umap is { HasNegativeSampleRate: true }, AutomaticChoices.NegativeSampleRate);
        Close(settings.Umap is { HasRepulsionStrength: true }, AutomaticChoices.RepulsionStrength);
        Close(
            settings.Hdbscan is { HasMinClusterSize: true } || (settings.HasMinTopicSize && settings.Hdbscan is null),
            AutomaticChoices.MinClusterSize);
        Close(settings.Hdbscan is { HasMinSamples: true }, AutomaticChoices.MinSamples);
        Close(settings.Hdbscan is { HasMaxClusterSize: true }, AutomaticChoices.MaxClusterSize);
        Close(
            settings.Vectorizer is { StopWordsChoiceCase: not VectorizerSettings.StopWordsChoiceOneofCase.None }
                && !ChoosesStopWords(settings),
            AutomaticChoices.StopWords);
        Close(settings.Vectorizer is { HasSegmentation: true }, AutomaticChoices.Segmentation);
        Close(settings.HasTopicNames, AutomaticChoices.Naming);
        return open;

        void Close(bool given, AutomaticChoices choice) => open &= given ? ~choice : AutomaticChoices.All;
    }

    private static bool ChoosesStopWords(FitSettings settings) =>
        settings.Vectorizer is { HasStopWords: true, StopWords: VectorizerContract.AutomaticStopWords };
}
