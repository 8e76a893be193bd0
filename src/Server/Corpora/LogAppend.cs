namespace TopicGrpc.Server.Corpora;

/// <summary>Outcome of an append to a log.</summary>
/// <param name="IsAppended">Whether the entry exists now.</param>
/// <param name="LostSessions">Sessions with another owner; if there are none, the log has another end or was removed.</param>
internal sealed record LogAppend(bool IsAppended, IReadOnlyList<string> LostSessions)
{
    public static LogAppend Appended { get; } = new(true, []);

    public static LogAppend Conflict { get; } = new(false, []);
}
