using TopicGrpc.Engine.Clusters;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps the settings of HDBSCAN between contract and engine.</summary>
internal static class HdbscanContract
{
    private const string ExcessOfMass = "eom";
    private const string Leaf = "leaf";
    private const string Euclidean = "euclidean";

    /// <summary>Returns the options of the clusters.</summary>
    /// <param name="hdbscan">The message; null means BERTopic's HDBSCAN.</param>
    /// <param name="isAutomatic">Whether the fit chooses what the message leaves out; otherwise the defaults of hdbscan apply.</param>
    /// <param name="minTopicSize">Smallest number of documents of a topic, for BERTopic's HDBSCAN; null for the default.</param>
    public static HdbscanOptions FromProto(HdbscanSettings? hdbscan, bool isAutomatic, int? minTopicSize)
    {
        HdbscanOptions given = hdbscan is null || isAutomatic ? new HdbscanOptions() : HdbscanOptions.LibraryDefaults;
        return hdbscan is null ? given with { MinClusterSize = minTopicSize ?? given.MinClusterSize } : given with
        {
            MinClusterSize = hdbscan.HasMinClusterSize ? hdbscan.MinClusterSize : given.MinClusterSize,
            MinSamples = hdbscan.HasMinSamples ? hdbscan.MinSamples : given.MinSamples,
            SelectionMethod = hdbscan.HasClusterSelectionMethod
                ? (hdbscan.ClusterSelectionMethod == Leaf ? ClusterSelectionMethod.Leaf : ClusterSelectionMethod.ExcessOfMass)
                : given.SelectionMethod,
            MaxClusterSize = hdbscan.HasMaxClusterSize ? hdbscan.MaxClusterSize : given.MaxClusterSize,
            SelectionEpsilon = hdbscan.HasClusterSelectionEpsilon ? hdbscan.ClusterSelectionEpsilon : given.SelectionEpsilon,
            SelectionEpsilonMax = hdbscan.HasClusterSelectionEpsilonMax ? hdbscan.ClusterSelectionEpsilonMax : given.SelectionEpsilonMax,
            SelectionPersistence = hdbscan.HasClusterSelectionPersistence
                ? hdbscan.ClusterSelectionPersistence
                : given.SelectionPersistence,
            AllowSingleCluster = hdbscan.HasAllowSingleCluster ? hdbscan.AllowSingleCluster : given.AllowSingleCluster,
            Alpha = hdbscan.HasAlpha ? hdbscan.Alpha : given.Alpha,
        };
    }

    /// <summary>Returns the message with all fields set except an infinite limit.</summary>
    public static HdbscanSettings ToProto(HdbscanOptions clusters)
    {
        HdbscanSettings hdbscan = new()
        {
            MinClusterSize = clusters.MinClusterSize,
            MinSamples = clusters.MinSamples ?? clusters.MinClusterSize,
            ClusterSelectionMethod = clusters.SelectionMethod == ClusterSelectionMethod.Leaf ? Leaf : ExcessOfMass,
            MaxClusterSize = clusters.MaxClusterSize,
            Metric = Euclidean,
            ClusterSelectionEpsilon = clusters.SelectionEpsilon,
            AllowSingleCluster = clusters.AllowSingleCluster,
            Alpha = clusters.Alpha,
            ClusterSelectionPersistence = clusters.SelectionPersistence,
        };
        if (double.IsFinite(clusters.SelectionEpsilonMax))
        {
            hdbscan.ClusterSelectionEpsilonMax = clusters.SelectionEpsilonMax;
        }

        return hdbscan;
    }
}
