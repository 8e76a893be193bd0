using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <summary>Chunks of one connection that wait for the disk.</summary>
internal sealed class PendingAppend(string sessionId, long owner, IReadOnlyList<IncomingChunk> chunks)
{
    // Continuations must not run on the disk thread.
    private readonly TaskCompletionSource<AppendResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string SessionId => sessionId;

    public long Owner => owner;

    /// <summary>Bytes of the texts and embeddings.</summary>
    public long ContentBytes { get; } = chunks.Sum(static chunk => chunk.ContentBytes);

    /// <summary>Result, once the records are durable.</summary>
    public Task<AppendResult> Result => _result.Task;

    /// <summary>The planned effect; null until <see cref="Plan"/> succeeded.</summary>
    public AppendPlan? Planned { get; private set; }

    /// <summary>Plans the chunks; a chunk that breaks a rule fails this append alone.</summary>
    /// <param name="session">Session before the chunks.</param>
    /// <param name="known">Content hashes of the documents before the chunks.</param>
    /// <param name="source">What makes the embeddings of the documents before the chunks.</param>
    public void Plan(SessionState session, IReadOnlyList<IReadOnlyDictionary<string, UInt128>> known, EmbeddingSource source)
    {
        AppendPlan plan = new(session, known, source);
        Planned = null; // Of an attempt that a conflict ended.
        try
        {
            foreach (IncomingChunk chunk in chunks)
            {
                plan.Add(chunk);
            }

            Planned = plan;
        }
        catch (ServiceException rejected)
        {
            Fail(rejected);
        }
    }

    public void Complete() => _result.TrySetResult(Planned!.Result);

    public void Fail(Exception exception) => _result.TrySetException(exception);

    public void Cancel(object? state, CancellationToken cancellationToken) => _result.TrySetCanceled(cancellationToken);
}
