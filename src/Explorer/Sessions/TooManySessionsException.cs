namespace TopicGrpc.Explorer.Sessions;

/// <summary>The page has its largest number of sessions.</summary>
/// <param name="limit">Largest number of sessions.</param>
public sealed class TooManySessionsException(int limit)
    : Exception($"{limit} sessions are open, the most that this page allows. Sign out in another browser or retry later.");
