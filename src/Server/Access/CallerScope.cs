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

    /// <summary>Identity of the caller whose share of the queues the running work uses; empty: the server's own.</summary>
    public static string CallerId => Current?.Caller.Id ?? string.Empty;

    /// <summary>Sets the caller of a request.</summary>
    public static void Enter(Caller caller, CallerQuota quota) => Running.Value = new CallerUse(caller, quota);

    /// <summary>
    /// Sets the caller for which the server works after the call that asked for it has ended, such as the caller of a fit. The work uses
    /// the caller's share of the queues; no quota applies.
    /// </summary>
    /// <param name="callerId">Identity of the caller; empty: the server's own.</param>
    public static void EnterBackground(string callerId) =>
        Running.Value = callerId.Length == 0 ? null : new CallerUse(Caller.Nobody with { Id = callerId }, CallerQuota.Unlimited);
}
