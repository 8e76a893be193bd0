namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>Settings that a fit chooses itself; all other settings are used as given.</summary>
[Flags]
public enum AutomaticChoices
{
    /// <summary>Nothing is chosen.</summary>
    None = 0,

    /// <summary><see cref="Layout.UmapOptions.NegativeSampleRate"/>.</summary>
    NegativeSampleRate = 1,

    /// <summary><see cref="Layout.UmapOptions.RepulsionStrength"/>.</summary>
    RepulsionStrength = 2,

    /// <summary><see cref="Clusters.HdbscanOptions.MinClusterSize"/>.</summary>
    MinClusterSize = 4,

    /// <summary><see cref="Clusters.HdbscanOptions.MinSamples"/>.</summary>
    MinSamples = 8,

    /// <summary><see cref="Clusters.HdbscanOptions.MaxClusterSize"/>.</summary>
    MaxClusterSize = 16,

    /// <summary><see cref="Words.WordOptions.StopWords"/>.</summary>
    StopWords = 32,

    /// <summary><see cref="Words.WordOptions.Segmentation"/>.</summary>
    Segmentation = 64,

    /// <summary><see cref="Layout.UmapOptions.NeighborCount"/>.</summary>
    NeighborCount = 128,

    /// <summary><see cref="Layout.UmapOptions.ComponentCount"/>.</summary>
    ComponentCount = 256,

    /// <summary><see cref="TopicModelOptions.Naming"/>.</summary>
    Naming = 512,

    /// <summary>All of them.</summary>
    All = NegativeSampleRate | RepulsionStrength | MinClusterSize | MinSamples | MaxClusterSize | StopWords | Segmentation
        | NeighborCount | ComponentCount | Naming,
}
