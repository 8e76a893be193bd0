namespace TopicGrpc.Client.Models;

/// <summary>A target of a traffic policy.</summary>
/// <param name="Version">Version that answers.</param>
/// <param name="Weight">Weight in basis points, 1 to 10,000; the weights of all targets sum to 10,000.</param>
public sealed record TrafficTarget(long Version, int Weight);
