namespace TopicGrpc.Engine.Topics;

/// <summary>Topic of a coarser layer that contains a topic.</summary>
/// <param name="Layer">Index of the layer in a path, see <see cref="TopicLayers"/>; −1 for none.</param>
/// <param name="Topic">Number of the topic in that layer; −1 for none.</param>
public readonly record struct TopicParent(int Layer, int Topic)
{
    /// <summary>No parent.</summary>
    public static TopicParent None { get; } = new(-1, -1);
}
