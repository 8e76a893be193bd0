namespace TopicGrpc.Server.Models;

/// <summary>One side of a split.</summary>
/// <param name="Number">Version that answers.</param>
/// <param name="Weight">Its share in basis points.</param>
internal sealed record TrafficTarget(long Number, int Weight);
