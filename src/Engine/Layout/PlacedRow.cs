using TopicGrpc.Engine.Neighbors;

namespace TopicGrpc.Engine.Layout;

/// <summary>A new document that has been placed.</summary>
/// <param name="nearest">Its neighbors.</param>
/// <param name="position">Its coordinates.</param>
internal readonly ref struct PlacedRow(RankedRows nearest, ReadOnlySpan<float> position)
{
    /// <summary>Its neighbors; null: it has not been placed.</summary>
    public RankedRows? Nearest { get; } = nearest;

    /// <summary>Its coordinates.</summary>
    public ReadOnlySpan<float> Position { get; } = position;
}
