using TopicGrpc.Client.Maps;

namespace TopicGrpc.Explorer.Map;

/// <summary>A line of the table of a map.</summary>
/// <param name="Document">The document.</param>
/// <param name="X">First coordinate.</param>
/// <param name="Y">Second coordinate.</param>
internal sealed record MapTableRow(MapDocument Document, double X, double Y);
