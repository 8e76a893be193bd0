namespace TopicGrpc.Server.Models;

/// <summary>One version of a traffic split.</summary>
/// <param name="Number">Number of the version.</param>
/// <param name="Weight">Share of the texts that the version answers, in basis points.</param>
internal sealed record TrafficTarget(long Number, int Weight);
