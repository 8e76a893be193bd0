namespace TopicGrpc.Client.Operations;

/// <summary>
/// Merges the topics to those of a coarser layer. A topic merged from several topics takes the uid of the layer's topic.
/// </summary>
/// <param name="Layer">Name of a coarser layer of the version, such as <c>coarser-1</c>.</param>
public sealed record ReduceToLayer(string Layer) : VersionOperation;
