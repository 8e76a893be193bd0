namespace TopicGrpc.Client.Topics;

/// <summary>A topic of a layer, by name.</summary>
/// <param name="Layer">Name of the layer, such as <c>finer-1</c>, <c>topics</c> or <c>coarser-2</c>.</param>
/// <param name="TopicId">Number of the topic in the layer.</param>
/// <param name="Uid">Uid of the topic.</param>
/// <param name="Name">Name of the topic.</param>
public sealed record LayerTopicRef(string Layer, int TopicId, string Uid, string Name);
