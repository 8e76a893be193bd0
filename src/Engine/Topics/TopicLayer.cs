namespace TopicGrpc.Engine.Topics;

/// <summary>The topics of one resolution.</summary>
/// <param name="Name">Name of the layer, such as <c>finer-1</c> or <c>coarser-2</c>: its distance from the version's topics.</param>
/// <param name="MinClusterSize">Minimum cluster size of the layer in the tree.</param>
/// <param name="Topics">Topics, ascending.</param>
/// <param name="Assignments">Topic of each training document; −1 for none.</param>
public sealed record TopicLayer(string Name, int MinClusterSize, IReadOnlyList<LayerTopic> Topics, int[] Assignments);
