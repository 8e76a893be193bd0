namespace TopicGrpc.Client.Fits;

/// <summary>One event of a fit.</summary>
/// <param name="Sequence">Rises by one per event, from 1.</param>
/// <param name="Fit">The fit at that moment.</param>
public sealed record FitEvent(long Sequence, FitInfo Fit);
