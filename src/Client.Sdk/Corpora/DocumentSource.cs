using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// The caller's documents. It retains those that the server has not acknowledged. A read that waits for the caller survives a broken
/// connection: the next connection awaits the same read. One reader at a time.
/// </summary>
internal sealed class DocumentSource(IAsyncEnumerator<TopicDocument> documents) : IAsyncDisposable
{
    private readonly Queue<Entry> _unacknowledged = new();
    private readonly Lock _gate = new();
    private Task<bool>? _pending;
    private bool _hasEnded;

    /// <summary>Offset of the oldest retained document.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Number of documents taken from the caller.</summary>
    public long Taken { get; private set; }

    /// <summary>Drops the documents below an acknowledged offset.</summary>
    public void Acknowledge(long offset)
    {
        lock (_gate)
        {
            while (Acknowledged < offset && _unacknowledged.TryDequeue(out _))
            {
                Acknowledged++;
            }
        }
    }

    /// <summary>Returns the retained documents from an offset, to send them again.</summary>
    public IReadOnlyList<Entry> From(long offset)
    {
        lock (_gate)
        {
            return [.. _unacknowledged.Skip((int)(offset - Acknowledged))];
        }
    }

    /// <summary>
    /// Skips documents that an earlier process has sent. The last of them stay unacknowledged: they are sent again, so that the server can
    /// reject an upload that continues a session with other documents.
    /// </summary>
    public async Task SkipToAsync(long offset, CancellationToken cancellationToken)
    {
        const int Checked = 16;
        Acknowledge(offset);
        while (Taken < offset && await TakeAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            Acknowledge(Taken - Checked);
        }
    }

    /// <summary>Whether a document is available without waiting.</summary>
    public bool IsReady => !_hasEnded && MoveAsync().IsCompletedSuccessfully;

    /// <summary>Takes and retains the next document; null after the last.</summary>
    public async ValueTask<Entry?> TakeAsync(CancellationToken cancellationToken)
    {
        Task<bool> move = MoveAsync();
        if (!await move.WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            _hasEnded = true;
            return null;
        }

        _pending = null;
        TopicDocument document = documents.Current ?? throw new InvalidOperationException("A document of the stream is null.");
        Wire.Document wire = CorpusMapping.Map(document);
        Entry entry = new(Taken, wire, wire.CalculateSize());
        lock (_gate)
        {
            _unacknowledged.Enqueue(entry);
            Taken++;
        }

        return entry;
    }

    public async ValueTask DisposeAsync()
    {
        if (_pending is { IsCompleted: false })
        {
            // A running iterator cannot be disposed. It ends when its token is canceled.
            await ((Task)_pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await documents.DisposeAsync().ConfigureAwait(false);
    }

    private Task<bool> MoveAsync() => _hasEnded ? Task.FromResult(false) : _pending ??= documents.MoveNextAsync().AsTask();

    /// <summary>A retained document.</summary>
    /// <param name="Offset">Its index in the stream.</param>
    /// <param name="Document">The document.</param>
    /// <param name="Bytes">Its length as a message.</param>
    internal readonly record struct Entry(long Offset, Wire.Document Document, int Bytes);
}
