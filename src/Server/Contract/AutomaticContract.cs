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

    /// <summary>Returns the choices that the fit makes: those whose settings are absent.</summary>
    public static AutomaticChoices Choices(FitSettings settings)
    {
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
            settings.Vectorizer is { StopWordsChoiceCase: not VectorizerSettings.StopWordsChoiceOneofCase.None },
            AutomaticChoices.StopWords);
        Close(settings.Ctfidf is { HasBm25Weighting: true }, AutomaticChoices.Bm25Weighting);
        return open;

        void Close(bool given, AutomaticChoices choice) => open &= given ? ~choice : AutomaticChoices.All;
    }
}
