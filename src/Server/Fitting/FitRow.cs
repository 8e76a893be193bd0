namespace TopicGrpc.Server.Fitting;

/// <summary>A fit as the database holds it, without its request and report.</summary>
/// <param name="Ordinal">Position in the order of arrival.</param>
/// <param name="Attempts">Number of times it was started.</param>
/// <param name="LastSequence">Upper bound of the numbers of its events.</param>
/// <param name="State">The fit.</param>
internal sealed record FitRow(long Ordinal, int Attempts, long LastSequence, FitState State);
