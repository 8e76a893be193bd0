using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>Maps HDBSCAN settings between SDK and contract.</summary>
internal static class HdbscanMapping
{
    public static Wire.HdbscanSettings Map(HdbscanSettings settings)
    {
        Wire.HdbscanSettings wire = new();
        WireValue.Set(settings.MinClusterSize, value => wire.MinClusterSize = value);
        WireValue.Set(settings.MinSamples, value => wire.MinSamples = value);
        WireValue.Set(settings.SelectionMethod, value => wire.ClusterSelectionMethod = value);
        WireValue.Set(settings.MaxClusterSize, value => wire.MaxClusterSize = value);
        WireValue.Set(settings.Metric, value => wire.Metric = value);
        WireValue.Set(settings.PredictionData, value => wire.PredictionData = value);
        WireValue.Set(settings.SelectionEpsilon, value => wire.ClusterSelectionEpsilon = value);
        WireValue.Set(settings.SelectionEpsilonMax, value => wire.ClusterSelectionEpsilonMax = value);
        WireValue.Set(settings.SelectionPersistence, value => wire.ClusterSelectionPersistence = value);
        WireValue.Set(settings.AllowSingleCluster, value => wire.AllowSingleCluster = value);
        WireValue.Set(settings.Alpha, value => wire.Alpha = value);
        return wire;
    }

    public static HdbscanSettings Map(Wire.HdbscanSettings wire) => new()
    {
        MinClusterSize = wire.HasMinClusterSize ? wire.MinClusterSize : null,
        MinSamples = wire.HasMinSamples ? wire.MinSamples : null,
        SelectionMethod = wire.HasClusterSelectionMethod ? wire.ClusterSelectionMethod : null,
        MaxClusterSize = wire.HasMaxClusterSize ? wire.MaxClusterSize : null,
        Metric = wire.HasMetric ? wire.Metric : null,
        PredictionData = wire.HasPredictionData ? wire.PredictionData : null,
        SelectionEpsilon = wire.HasClusterSelectionEpsilon ? wire.ClusterSelectionEpsilon : null,
        SelectionEpsilonMax = wire.HasClusterSelectionEpsilonMax ? wire.ClusterSelectionEpsilonMax : null,
        SelectionPersistence = wire.HasClusterSelectionPersistence ? wire.ClusterSelectionPersistence : null,
        AllowSingleCluster = wire.HasAllowSingleCluster ? wire.AllowSingleCluster : null,
        Alpha = wire.HasAlpha ? wire.Alpha : null,
    };
}
