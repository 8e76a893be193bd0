using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps the settings of UMAP between contract and engine.</summary>
internal static class UmapContract
{
    private const string Cosine = "cosine";
    private const string Euclidean = "euclidean";

    /// <summary>Returns the options of a layout.</summary>
    /// <param name="umap">The message; null means BERTopic's UMAP.</param>
    /// <param name="isAutomatic">Whether the fit chooses what the message leaves out; otherwise umap-learn's defaults apply.</param>
    /// <param name="seed">Seed of the fit; null for the default.</param>
    public static UmapOptions FromProto(UmapSettings? umap, bool isAutomatic, long? seed)
    {
        UmapOptions given = umap is null || isAutomatic ? new UmapOptions() : UmapOptions.LibraryDefaults;
        given = given with { Seed = seed ?? given.Seed };
        return umap is null ? given : given with
        {
            NeighborCount = umap.HasNNeighbors ? umap.NNeighbors : given.NeighborCount,
            ComponentCount = umap.HasNComponents ? umap.NComponents : given.ComponentCount,
            MinDistance = umap.HasMinDist ? umap.MinDist : given.MinDistance,
            Metric = umap.HasMetric ? (umap.Metric == Cosine ? DistanceMetric.Cosine : DistanceMetric.Euclidean) : given.Metric,
            Spread = umap.HasSpread ? umap.Spread : given.Spread,
            EpochCount = umap.HasNEpochs ? umap.NEpochs : given.EpochCount,
            LearningRate = umap.HasLearningRate ? umap.LearningRate : given.LearningRate,
            NegativeSampleRate = umap.HasNegativeSampleRate ? umap.NegativeSampleRate : given.NegativeSampleRate,
            RepulsionStrength = umap.HasRepulsionStrength ? umap.RepulsionStrength : given.RepulsionStrength,
            LocalConnectivity = umap.HasLocalConnectivity ? umap.LocalConnectivity : given.LocalConnectivity,
            SetOperationMixRatio = umap.HasSetOpMixRatio ? umap.SetOpMixRatio : given.SetOperationMixRatio,
        };
    }

    /// <summary>Returns the message with all fields set. A default number of epochs stays absent: it depends on the documents.</summary>
    public static UmapSettings ToProto(UmapOptions layout)
    {
        UmapSettings umap = new()
        {
            NNeighbors = layout.NeighborCount,
            NComponents = layout.ComponentCount,
            MinDist = layout.MinDistance,
            Metric = layout.Metric == DistanceMetric.Cosine ? Cosine : Euclidean,
            Spread = layout.Spread,
            LearningRate = layout.LearningRate,
            NegativeSampleRate = layout.NegativeSampleRate,
            RepulsionStrength = layout.RepulsionStrength,
            LocalConnectivity = layout.LocalConnectivity,
            SetOpMixRatio = layout.SetOperationMixRatio,
        };
        if (layout.EpochCount is { } epochs)
        {
            umap.NEpochs = epochs;
        }

        return umap;
    }
}
