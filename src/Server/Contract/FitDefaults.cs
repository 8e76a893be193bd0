using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>
/// What settings that are left out stand for. With BERTopic's defaults a message that is given brings those of its own
/// library; with automatic settings the fit chooses, and what it does not choose is BERTopic's.
/// </summary>
internal sealed class FitDefaults
{
    /// <summary>BERTopic's.</summary>
    public static FitDefaults Bertopic { get; } = new()
    {
        GivenLayout = new UmapOptions { ComponentCount = 2, MinDistance = 0.1, Metric = DistanceMetric.Euclidean },
        GivenClusters = new HdbscanOptions { MinClusterSize = 5 },
    };

    /// <summary>Chosen by the fit.</summary>
    public static FitDefaults Automatic { get; } = new() { IsAutomatic = true };

    /// <summary>Whether the fit chooses.</summary>
    public bool IsAutomatic { get; private init; }

    /// <summary>For what a given <c>umap</c> leaves out.</summary>
    public UmapOptions GivenLayout { get; private init; } = new();

    /// <summary>For what a given <c>hdbscan</c> leaves out.</summary>
    public HdbscanOptions GivenClusters { get; private init; } = new();

    public static FitDefaults Of(FitSettings settings, SettingsChecks checks)
    {
        if (!Enum.IsDefined(settings.Preset))
        {
            checks.Add("settings.preset", $"must be PRESET_AUTO or PRESET_BERTOPIC, {(int)settings.Preset} given");
        }

        return settings.Preset == FitSettings.Types.Preset.Auto ? Automatic : Bertopic;
    }

    /// <summary>What the fit is left to choose: all that the settings do not say.</summary>
    public AutomaticChoices Choices(FitSettings settings)
    {
        if (!IsAutomatic)
        {
            return AutomaticChoices.None;
        }

        AutomaticChoices open = AutomaticChoices.All;
        Close(settings.Umap is { HasNNeighbors: true }, AutomaticChoices.NeighborCount);
        Close(settings.Umap is { HasNComponents: true }, AutomaticChoices.ComponentCount);
        Close(settings.Umap is { HasNegativeSampleRate: true }, AutomaticChoices.NegativeSampleRate);
        Close(settings.Umap is { HasRepulsionStrength: true }, AutomaticChoices.RepulsionStrength);
        Close(settings.Hdbscan is { HasMinClusterSize: true } || (settings.HasMinTopicSize && settings.Hdbscan is null), AutomaticChoices.MinClusterSize);
        Close(settings.Hdbscan is { HasMinSamples: true }, AutomaticChoices.MinSamples);
        Close(settings.Hdbscan is { HasMaxClusterSize: true }, AutomaticChoices.MaxClusterSize);
        Close(settings.Vectorizer is { StopWordsChoiceCase: not VectorizerSettings.StopWordsChoiceOneofCase.None }, AutomaticChoices.StopWords);
        Close(settings.Ctfidf is { HasBm25Weighting: true }, AutomaticChoices.Bm25Weighting);
        return open;

        void Close(bool given, AutomaticChoices choice) => open &= given ? ~choice : AutomaticChoices.All;
    }
}
