namespace TopicGrpc.Client.Topics;

/// <summary>Position of a document on the map of a version, in the units of the map's bounds.</summary>
/// <param name="X">First coordinate.</param>
/// <param name="Y">Second coordinate.</param>
public sealed record DocumentPosition(double X, double Y);
