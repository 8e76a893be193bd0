namespace TopicGrpc.Engine.Charts;

/// <summary>Entry of a legend.</summary>
/// <param name="Name">Text.</param>
/// <param name="Color">Color.</param>
internal readonly record struct LegendEntry(string Name, string Color);
