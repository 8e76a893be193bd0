using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Settings;

/// <summary>Maps UMAP settings between SDK and contract.</summary>
internal static class UmapMapping
{
    public static Wire.UmapSettings Map(UmapSettings settings)
    {
        Wire.UmapSettings wire = new();
        WireValue.Set(settings.NeighborCount, value => wire.NNeighbors = value);
        WireValue.Set(settings.ComponentCount, value => wire.NComponents = value);
        WireValue.Set(settings.MinDistance, value => wire.MinDist = value);
        WireValue.Set(settings.Metric, value => wire.Metric = value);
        WireValue.Set(settings.LowMemory, value => wire.LowMemory = value);
        WireValue.Set(settings.Spread, value => wire.Spread = value);
        WireValue.Set(settings.EpochCount, value => wire.NEpochs = value);
        WireValue.Set(settings.LearningRate, value => wire.LearningRate = value);
        WireValue.Set(settings.NegativeSampleRate, value => wire.NegativeSampleRate = value);
        WireValue.Set(settings.RepulsionStrength, value => wire.RepulsionStrength = value);
        WireValue.Set(settings.LocalConnectivity, value => wire.LocalConnectivity = value);
        WireValue.Set(settings.SetOperationMixRatio, value => wire.SetOpMixRatio = value);
        return wire;
    }

    public static UmapSettings Map(Wire.UmapSettings wire) => new()
    {
        NeighborCount = wire.HasNNeighbors ? wire.NNeighbors : null,
        ComponentCount = wire.HasNComponents ? wire.NComponents : null,
        MinDistance = wire.HasMinDist ? wire.MinDist : null,
        Metric = wire.HasMetric ? wire.Metric : null,
        LowMemory = wire.HasLowMemory ? wire.LowMemory : null,
        Spread = wire.HasSpread ? wire.Spread : null,
        EpochCount = wire.HasNEpochs ? wire.NEpochs : null,
        LearningRate = wire.HasLearningRate ? wire.LearningRate : null,
        NegativeSampleRate = wire.HasNegativeSampleRate ? wire.NegativeSampleRate : null,
        RepulsionStrength = wire.HasRepulsionStrength ? wire.RepulsionStrength : null,
        LocalConnectivity = wire.HasLocalConnectivity ? wire.LocalConnectivity : null,
        SetOperationMixRatio = wire.HasSetOpMixRatio ? wire.SetOpMixRatio : null,
    };
}
