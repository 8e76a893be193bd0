namespace TopicGrpc.Client.Topics;

/// <summary>The topics of a version at one resolution.</summary>
/// <param name="Name">
/// Name: <c>topics</c> for the version's own topics, <c>finer-1</c> for the next finer layer, <c>coarser-1</c> for the next coarser one,
/// and so on.
/// </param>
/// <param name="TopicCount">Number of topics.</param>
/// <param name="DocumentCount">Number of training documents in a topic of the layer.</param>
/// <param name="MinClusterSize">Minimum cluster size of the layer in the density tree; 0 for the version's own topics.</param>
public sealed record TopicLayer(string Name, int TopicCount, long DocumentCount, int MinClusterSize);
