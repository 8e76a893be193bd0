namespace TopicGrpc.Explorer.Sessions;

/// <summary>A signed-in session and the time of its last request.</summary>
internal sealed class SessionEntry(Session session, DateTimeOffset lastUsed)
{
    public Session Session => session;

    public DateTimeOffset LastUsed { get; set; } = lastUsed;
}
