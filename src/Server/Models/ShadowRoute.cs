namespace TopicGrpc.Server.Models;

/// <summary>Who answers a copy of a call's texts, read from the same routing table as who answers the call.</summary>
/// <param name="Traffic">The policy that says so.</param>
/// <param name="Handle">The loaded version; null where it could not be loaded.</param>
internal sealed record ShadowRoute(TrafficRoute Traffic, VersionHandle? Handle);
