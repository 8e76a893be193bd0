namespace TopicGrpc.Server.Access;

/// <summary>A caller and what it has used of its quota.</summary>
internal sealed record CallerUse(Caller Caller, CallerQuota Quota);
