namespace TopicGrpc.Client.Maps;

/// <summary>
/// Map of a version: its training documents as points on a plane. A row is the index of a document in the order of
/// <see cref="Topics.TopicsClient.ListDocumentsAsync(Selectors.ModelSelector, int?, CancellationToken)"/>. The map of a version never
/// changes.
/// </summary>
public sealed record TopicMap
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version.</summary>
    public required long Version { get; init; }

    /// <summary>Hash of the map: equal maps have equal etags.</summary>
    public required string Etag { get; init; }

    /// <summary>Range of the coordinates.</summary>
    public required MapBounds Bounds { get; init; }

    /// <summary>
    /// Coordinates in steps of 1/65,535 of the bounds: x and y of row 0, then of row 1, and so on. Twice as many values as points.
    /// </summary>
    public required ReadOnlyMemory<ushort> Coordinates { get; init; }

    /// <summary>Topic of each row; −1 for an outlier.</summary>
    public required ReadOnlyMemory<int> TopicIds { get; init; }

    /// <summary>Membership strength of each row: 0 to 255 for 0 to 1.</summary>
    public required ReadOnlyMemory<byte> Probabilities { get; init; }

    /// <summary>Labels of topics, the largest topic first.</summary>
    public required IReadOnlyList<MapLabel> Labels { get; init; }

    /// <summary>Number of points.</summary>
    public int Count => TopicIds.Length;

    /// <summary>Returns the position of a row in the units of <see cref="Bounds"/>, exact to half a step.</summary>
    /// <param name="row">Row, from 0.</param>
    /// <returns>The coordinates.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The map has no such row.</exception>
    public (double X, double Y) PositionOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        ReadOnlySpan<ushort> point = Coordinates.Span.Slice(2 * row, 2);
        return (
            Bounds.MinX + ((Bounds.MaxX - Bounds.MinX) * point[0] / ushort.MaxValue),
            Bounds.MinY + ((Bounds.MaxY - Bounds.MinY) * point[1] / ushort.MaxValue));
    }
}
