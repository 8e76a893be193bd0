using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary>The keys of <c>umap_model</c>.</summary>
internal static class UmapKeys
{
    public static UmapSettings? Read(SettingsSection? section)
    {
        if (section is null)
        {
            return null;
        }

        double? spread = section.Positive("spread");
        UmapSettings settings = new()
        {
            NeighborCount = section.Integer("n_neighbors", 2, 200),
            ComponentCount = section.Integer("n_components", 1, 64),
            MinDistance = section.Number("min_dist", 0, spread ?? 1.0),
            Metric = section.Choice("metric", "cosine", "euclidean"),
            LowMemory = section.Flag("low_memory"),
            Spread = spread,
            EpochCount = section.Integer("n_epochs", 1),
            LearningRate = section.Positive("learning_rate"),
            NegativeSampleRate = section.Integer("negative_sample_rate", 1, 100),
            RepulsionStrength = section.Number("repulsion_strength", 0),
            LocalConnectivity = section.Number("local_connectivity", 1),
            SetOperationMixRatio = section.Number("set_op_mix_ratio", 0, 1),
        };
        section.RefuseUnknown();
        return settings;
    }
}
