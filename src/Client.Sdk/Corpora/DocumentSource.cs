using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// The caller's documents with those kept that the server has not acknowledged. A read that waits for the caller outlives a broken
/// connection;
/// it is taken up by the next one. One reader at a time.
/// </summary>
internal sealed class DocumentSource(IAsyncEnumerator<TopicDocument> documents) : IAsyncDisposable
{
    private readonly Queue<Entry> _unacknowledged = new();
    private readonly Lock _gate = new();
    private Task<bool>? _pending;
    private bool _hasEnded;

    /// <summary>Index of the oldest document kept.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Documents taken from the caller.</summary>
    public long Taken { get; private set; }

    /// <summary>Forgets what the server has dealt with.</summary>
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

    /// <summary>Documents kept from an index on, to be sent again.</summary>
    public IReadOnlyList<Entry> From(long offset)
    {
        lock (_gate)
        {
            return [.. _unacknowledged.Skip((int)(offset - Acknowledged))];
        }
    }

    /// <summary>Leaves out documents that an earlier process has sent.</summary>
    public async Task SkipToAsync(long offset, CancellationToken cancellationToken)
    {
        Acknowledge(offset);
        while (Taken < offset && await MoveAsync().WaitAsync(cancellationToken).ConfigureAwait(false))
        {
            _pending = null;
            Taken++;
            Acknowledged = Taken;
        }
    }

    /// <summary>Whether a document can be had without waiting.</summary>
    public bool IsReady => !_hasEnded && MoveAsync().IsCompletedSuccessfully;

    /// <summary>Takes the next document and keeps it; null behind the last.</summary>
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
            // A running iterator cannot be disposed; it ends with its token.
            await ((Task)_pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await documents.DisposeAsync().ConfigureAwait(false);
    }

    private Task<bool> MoveAsync() => _hasEnded ? Task.FromResult(false) : _pending ??= documents.MoveNextAsync().AsTask();

    /// <summary>A document in transfer.</summary>
    /// <param name="Offset">Its index in the stream.</param>
    /// <param name="Document">The document.</param>
    /// <param name="Bytes">Its length as a message.</param>
    internal readonly record struct Entry(long Offset, Wire.Document Document, int Bytes);
}
