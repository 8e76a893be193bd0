namespace TopicGrpc.Client.Fits;

/// <summary>An event of a fit.</summary>
/// <param name="Sequence">Number of the event, from 1.</param>
/// <param name="Fit">State of the fit at that moment, without settings, operation and report.</param>
public sealed record FitEvent(long Sequence, FitInfo Fit);
