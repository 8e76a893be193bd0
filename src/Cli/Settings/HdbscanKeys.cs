using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary>The keys of <c>hdbscan_model</c>.</summary>
internal static class HdbscanKeys
{
    public static HdbscanSettings? Read(SettingsSection? section)
    {
        if (section is null)
        {
            return null;
        }

        HdbscanSettings settings = new()
        {
            MinClusterSize = section.Integer("min_cluster_size", 2),
            MinSamples = section.Integer("min_samples", 1),
            Metric = section.Choice("metric", "euclidean"),
            SelectionMethod = section.Choice("cluster_selection_method", "eom", "leaf"),
            SelectionEpsilon = section.Number("cluster_selection_epsilon", 0),
            SelectionEpsilonMax = section.Number("cluster_selection_epsilon_max", 0),
            SelectionPersistence = section.Number("cluster_selection_persistence", 0),
            MaxClusterSize = section.Integer("max_cluster_size", 0),
            AllowSingleCluster = section.Flag("allow_single_cluster"),
            Alpha = section.Positive("alpha"),
            PredictionData = section.Flag("prediction_data"),
        };
        section.RefuseUnknown();
        return settings;
    }
}
