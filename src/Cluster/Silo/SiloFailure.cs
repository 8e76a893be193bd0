namespace TopicGrpc.Cluster.Silo;

/// <summary>
/// Fatal errors of a silo, such as being declared dead by the others. Orleans would end the process; here only the silo ends, and the
/// server continues to answer.
/// </summary>
internal sealed class SiloFailure : IFatalErrorHandler
{
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first fatal error.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => true;

    /// <inheritdoc/>
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null) =>
        _failed.TrySetResult(exception ?? new InvalidOperationException(context ?? "The silo reported a fatal error."));
}
