namespace TopicGrpc.Server.Models;

/// <summary>The version that receives a copy of a call's texts, read from the same snapshot as the version that answers the call.</summary>
/// <param name="Policy">The policy that names the version.</param>
/// <param name="Handle">The loaded version; null if it could not be loaded.</param>
internal sealed record ShadowTarget(TrafficPolicy Policy, VersionHandle? Handle);
