namespace TopicGrpc.Server.Fitting;

/// <summary>One event of a fit.</summary>
/// <param name="Sequence">Rises with every event of the fit.</param>
/// <param name="State">The fit at that moment.</param>
internal readonly record struct FitEvent(long Sequence, FitState State);
