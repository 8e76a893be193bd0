using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Topics;

/// <summary>Maps layers and their topics.</summary>
internal static class LayerMapping
{
    public static TopicLayers Map(Wire.ListTopicLayersResponse wire)
    {
        (string model, long version) = WireNames.ParseVersion(wire.ModelVersion);
        return new TopicLayers
        {
            Model = model,
            Version = version,
            Layers =
            [
                .. wire.Layers.Select(
                    static layer => new TopicLayer(layer.Layer, layer.TopicCount, layer.DocumentCount, layer.MinClusterSize)),
            ],
        };
    }

    public static LayerTopic Map(Wire.LayerTopic wire) => new()
    {
        Id = wire.TopicId,
        Uid = wire.Uid,
        Count = wire.DocumentCount,
        Name = wire.TopicName,
        Words = TopicMapping.Words(wire.Words),
        Parent = wire.Parent is null ? null : Map(wire.Parent),
    };

    public static LayerTopicRef Map(Wire.LayerTopicRef wire) => new(wire.Layer, wire.TopicId, wire.TopicUid, wire.TopicName);
}
