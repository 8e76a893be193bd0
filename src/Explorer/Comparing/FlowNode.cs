namespace TopicGrpc.Explorer.Comparing;

/// <summary>A topic of a flow chart.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Height">Height, proportional to its documents.</param>
public sealed record FlowNode(string Name, double Top, double Height);
