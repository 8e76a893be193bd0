namespace TopicGrpc.Server.Members;

/// <summary>
/// Reads changed rows again and takes over what they say. Calls of one copy never overlap. A refresh that throws is repeated with the same
/// and later changes after a delay.
/// </summary>
/// <param name="changes">What changed since the last refresh.</param>
/// <param name="cancellationToken">Canceled when the server stops.</param>
internal delegate Task CopyRefresh(RowChanges changes, CancellationToken cancellationToken);
