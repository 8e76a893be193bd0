namespace TopicGrpc.Server.Access;

/// <summary>
/// The caller of the request that runs, for quotas that apply deep inside: texts to embed, documents to store, fits to queue. It flows with
/// the asynchronous calls of the request, as <c>HttpContext</c> does; the server's own work has none.
/// </summary>
internal static class CallerScope
{
    private static readonly AsyncLocal<CallerUse?> Running = new();

    /// <summary>The caller and what it has used; null: the server itself.</summary>
    public static CallerUse? Current => Running.Value;

    /// <summary>Sets the caller of a request.</summary>
    public static void Enter(Caller caller, CallerQuota quota) => Running.Value = new CallerUse(caller, quota);
}
