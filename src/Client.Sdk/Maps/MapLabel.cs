namespace TopicGrpc.Client.Maps;

/// <summary>
/// Label of a topic on a map. At zoom z the longer side of the map is drawn with 1024 · 2^z pixels and labels in 12 pixels; labels with z
/// from <paramref name="MinZoom"/> to <see cref="MaxZoom"/> then do not overlap.
/// </summary>
/// <param name="TopicId">Number of the topic in its <see cref="Layer"/>.</param>
/// <param name="Text">The custom label of the topic, otherwise its distinct name, otherwise its three best words.</param>
/// <param name="X">Center on the first axis, 0 to 65,535 across the bounds of the map.</param>
/// <param name="Y">Center on the second axis.</param>
/// <param name="MinZoom">Least zoom at which the label is drawn, 0 to 8.</param>
public sealed record MapLabel(int TopicId, string Text, int X, int Y, int MinZoom)
{
    /// <summary>
    /// Largest zoom at which the label is drawn, 0 to 8; a label with 8 is drawn at every larger zoom as well. Default 8.
    /// </summary>
    public int MaxZoom { get; init; } = 8;

    /// <summary>Layer of the topic: <c>topics</c>, the default, or a coarser layer of the version such as <c>coarser-1</c>.</summary>
    public string Layer { get; init; } = "topics";
}
