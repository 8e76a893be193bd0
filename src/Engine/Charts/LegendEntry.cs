namespace TopicGrpc.Engine.Charts;

/// <summary>A line of a legend.</summary>
/// <param name="Name">What it says.</param>
/// <param name="Color">Color that it explains.</param>
internal readonly record struct LegendEntry(string Name, string Color);
