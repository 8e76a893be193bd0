using System.Threading.Channels;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Ingesting;

/// <summary>
/// The chunks of one stream that wait for the disk, bounded in number and in bytes. Their bytes stay acquired until they are stored.
/// </summary>
internal sealed class ChunkQueue
{
    private readonly IngestOptions _options;
    private readonly CallBody _body;
    private readonly ByteWindow _window;
    private readonly Channel<(Task<IncomingChunk> Chunk, int Bytes)> _waiting;
    private readonly List<IncomingChunk> _batch = [];
    private long _queuedBytes;
    private long _batchBytes;

    public ChunkQueue(IngestOptions options, CallBody body)
    {
        _options = options;
        _body = body;
        _window = new ByteWindow(2L * options.MaxChunkBytes);
        _waiting = Channel.CreateBounded<(Task<IncomingChunk>, int)>(
            new BoundedChannelOptions(options.MaxInFlightChunks) { SingleReader = true, SingleWriter = true });

        // A client that waits for the acknowledgement of its chunks is not silent.
        body.IsBusy = () => Interlocked.Read(ref _queuedBytes) > 0;
    }

    /// <summary>Adds a chunk, and waits while the queue is full.</summary>
    /// <exception cref="ServiceException">The chunk is larger than this server accepts.</exception>
    public async Task AddAsync(IngestDocumentsRequest.Types.Chunk chunk, CancellationToken cancellationToken)
    {
        int bytes = chunk.CalculateSize();
        if (bytes > _options.MaxChunkBytes)
        {
            throw Fault.InputTooLarge("chunk", "bytes", _options.MaxChunkBytes, bytes);
        }

        if (chunk.Documents.Count > _options.MaxChunkDocuments)
        {
            throw Fault.InputTooLarge("chunk.documents", "documents", _options.MaxChunkDocuments, chunk.Documents.Count);
        }

        await _window.AcquireAsync(bytes, cancellationToken);
        _body.Retain(bytes);
        Interlocked.Add(ref _queuedBytes, bytes);

        // Hashing costs more than anything else of a document, so several chunks of a stream are encoded at the same time.
        Task<IncomingChunk> encoded = Task.Run(() => CorpusMapping.FromProto(chunk), CancellationToken.None);
        await _waiting.Writer.WriteAsync((encoded, bytes), cancellationToken);
    }

    /// <summary>Ends the queue after the chunks that were added.</summary>
    public void Complete() => _waiting.Writer.Complete();

    /// <summary>Takes the next chunk and those behind it that are encoded.</summary>
    /// <returns>The chunks, valid until the next call; null at the end.</returns>
    public async Task<IReadOnlyList<IncomingChunk>?> TakeAsync(CancellationToken cancellationToken)
    {
        _batch.Clear();
        if (!await _waiting.Reader.WaitToReadAsync(cancellationToken))
        {
            return null;
        }

        while (_batch.Count < _options.MaxInFlightChunks
            && _waiting.Reader.TryPeek(out (Task<IncomingChunk> Chunk, int Bytes) next)
            && (_batch.Count == 0 || next.Chunk.IsCompletedSuccessfully)
            && _waiting.Reader.TryRead(out next))
        {
            _batch.Add(await next.Chunk.WaitAsync(cancellationToken));
            _batchBytes += next.Bytes;
        }

        return _batch;
    }

    /// <summary>Releases the memory of the chunks that were taken, once they are stored.</summary>
    public void Stored()
    {
        _batch.ForEach(static chunk => chunk.Release());
        _window.Release(_batchBytes);
        _body.Release(_batchBytes);
        Interlocked.Add(ref _queuedBytes, -_batchBytes);
        _batchBytes = 0;
    }
}
