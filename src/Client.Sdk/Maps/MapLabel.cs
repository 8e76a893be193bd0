namespace TopicGrpc.Client.Maps;

/// <summary>
/// Label of a topic on a map. At zoom z the longer side of the map is drawn with 1024 · 2^z pixels and labels in 12 pixels; labels with
/// <paramref name="MinZoom"/> up to z then do not overlap.
/// </summary>
/// <param name="TopicId">Topic.</param>
/// <param name="Text">The custom label of the topic or, without one, its three best words.</param>
/// <param name="X">Center on the first axis, 0 to 65,535 across the bounds of the map.</param>
/// <param name="Y">Center on the second axis.</param>
/// <param name="MinZoom">Least zoom at which the label is drawn, 0 to 8.</param>
public sealed record MapLabel(int TopicId, string Text, int X, int Y, int MinZoom);
