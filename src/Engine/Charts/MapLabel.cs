using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Label of a topic on a map of documents.</summary>
/// <param name="TopicId">Number of the topic in its layer.</param>
/// <param name="Text">The custom label, otherwise the distinct name, otherwise the three best words; at most 40 characters.</param>
/// <param name="X">Center on the first axis, in steps of <see cref="QuantizedMap"/>.</param>
/// <param name="Y">Center on the second axis.</param>
/// <param name="MinZoom">Least zoom at which the label is drawn.</param>
/// <param name="MaxZoom">
/// Largest zoom at which the label is drawn; labels of the model's own topics have <see cref="MapLabels.MaxZoom"/>.
/// </param>
/// <param name="Layer">Layer of the topic: <see cref="TopicLayers.OwnName"/>, or the name of a coarser layer.</param>
public sealed record MapLabel(
    int TopicId,
    string Text,
    ushort X,
    ushort Y,
    int MinZoom,
    int MaxZoom = MapLabels.MaxZoom,
    string Layer = TopicLayers.OwnName);
