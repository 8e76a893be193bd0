namespace TopicGrpc.Engine.Charts;

/// <summary>Label of a topic on a map of documents.</summary>
/// <param name="TopicId">Topic.</param>
/// <param name="Text">The custom label or, without one, the three best words; at most 40 characters.</param>
/// <param name="X">Center on the first axis, in steps of <see cref="QuantizedMap"/>.</param>
/// <param name="Y">Center on the second axis.</param>
/// <param name="MinZoom">Least zoom at which the label is drawn.</param>
public sealed record MapLabel(int TopicId, string Text, ushort X, ushort Y, int MinZoom);
