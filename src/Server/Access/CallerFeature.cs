namespace TopicGrpc.Server.Access;

/// <summary>The caller of one request, as authentication found it.</summary>
/// <param name="Caller">The caller; without valid credentials a caller that may do nothing.</param>
/// <param name="Failure">Why the request is rejected; null: it is not.</param>
internal sealed record CallerFeature(Caller Caller, Errors.ServiceException? Failure);
