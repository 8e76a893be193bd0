using System.Text;

namespace TopicGrpc.Server.Corpora;

/// <summary>Copies records into a new document file, several megabytes per flush.</summary>
internal sealed class DocumentCopy(DocumentFile file)
{
    private const long BatchBytes = 16 << 20;

    private readonly List<ReadOnlyMemory<byte>> _batch = [];
    private long _batchBytes;
    private DocumentTotals _totals;

    /// <summary>The new file.</summary>
    public DocumentFile File { get; } = file;

    /// <summary>Adds the payload of a record.</summary>
    public void Add(byte[] payload) => Add(ChunkCodec.Decode(payload), payload);

    /// <summary>Adds a record.</summary>
    /// <param name="chunk">Content of the record.</param>
    /// <param name="payload">The same, encoded.</param>
    public void Add(StoredChunk chunk, byte[] payload)
    {
        _totals = new DocumentTotals(
            _totals.Documents + chunk.Documents.Count,
            _totals.TextBytes + chunk.Documents.Sum(static document => (long)Encoding.UTF8.GetByteCount(document.Text)),
            chunk.Embeddings?.Dimension ?? _totals.Dimension);
        _batch.Add(payload);
        _batchBytes += payload.Length;
        if (_batchBytes >= BatchBytes)
        {
            Complete();
        }
    }

    /// <summary>Writes what is left.</summary>
    public void Complete()
    {
        File.Append(_batch, _totals);
        _batch.Clear();
        _batchBytes = 0;
    }
}
