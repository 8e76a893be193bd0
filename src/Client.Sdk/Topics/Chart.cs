namespace TopicGrpc.Client.Topics;

/// <summary>A drawn chart. The same request to the same version gives the same bytes.</summary>
/// <param name="Svg">Standalone SVG.</param>
/// <param name="Version">Version drawn.</param>
public sealed record Chart(string Svg, long Version);
