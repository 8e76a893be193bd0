namespace TopicGrpc.Client.Models;

/// <summary>One side of a traffic split.</summary>
/// <param name="Version">Version that answers.</param>
/// <param name="Weight">Its share, 1 to 10,000; those of all targets sum to 10,000.</param>
public sealed record TrafficTarget(long Version, int Weight);
