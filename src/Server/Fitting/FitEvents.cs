namespace TopicGrpc.Server.Fitting;

/// <summary>The events of a fit behind one that a watcher has seen.</summary>
/// <param name="Events">The events, oldest first.</param>
/// <param name="Changed">Completes when there may be further events; null: the fit has ended.</param>
internal readonly record struct FitEvents(IReadOnlyList<FitEvent> Events, Task? Changed);
