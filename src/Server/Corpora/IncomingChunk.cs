using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Documents of one chunk that a client sent, encoded and hashed. Neither depends on the corpus, so the thread of the corpus only decides
/// which documents are new and copies their bytes into a record.
/// </summary>
internal sealed class IncomingChunk
{
    private readonly IncomingDocument[] _documents;
    private readonly Dictionary<int, ServiceException> _faults = [];
    private readonly RentedBuffer<byte> _bytes;
    private readonly RentedBuffer<float> _embeddings;
    private long _textBytes;

    /// <summary>Creates a chunk without documents.</summary>
    /// <param name="offset">Index of the first document in the session.</param>
    /// <param name="capacity">Number of documents that will be added.</param>
    /// <param name="bytes">Bytes of the documents, about.</param>
    /// <param name="numbers">Numbers of their embeddings, about.</param>
    public IncomingChunk(long offset, int capacity, int bytes, int numbers)
    {
        Offset = offset;
        _documents = new IncomingDocument[capacity];
        _bytes = new RentedBuffer<byte>(bytes);
        _embeddings = new RentedBuffer<float>(numbers);
    }

    /// <summary>Index of the first document in the session.</summary>
    public long Offset { get; }

    /// <summary>Number of documents.</summary>
    public int Count { get; private set; }

    /// <summary>Limits that documents break, by index in the chunk.</summary>
    public IReadOnlyDictionary<int, ServiceException> Faults => _faults;

    /// <summary>Bytes of the texts and embeddings of the documents without faults.</summary>
    public long ContentBytes => _textBytes + ((long)_embeddings.Count * sizeof(float));

    /// <summary>Returns a document; of one with a fault only the id is set.</summary>
    public ref readonly IncomingDocument this[int index] => ref _documents[index];

    /// <summary>Adds a document that no limit rejects.</summary>
    /// <param name="document">The document.</param>
    /// <param name="embedding">The embedding that the client gave, of length 1; empty for none.</param>
    public void Add(Document document, ReadOnlySpan<float> embedding)
    {
        int start = _bytes.Count;
        int embeddingStart = _embeddings.Count;
        int length = DocumentCodec.SizeOf(document);
        Span<byte> bytes = _bytes.Append(length);
        RecordWriter writer = new(bytes);
        int textBytes = DocumentCodec.Write(ref writer, document);
        _textBytes += textBytes;
        embedding.CopyTo(_embeddings.Append(embedding.Length));
        UInt128 hash = ContentHash.Of(bytes[RecordWriter.SizeOf(document.Id)..], embedding);
        _documents[Count++] = new IncomingDocument(
            document.Id, hash, document.Time, textBytes, start, length, embeddingStart, embedding.Length);
    }

    /// <summary>Adds a document that a limit rejects.</summary>
    public void Reject(string id, ServiceException fault)
    {
        _faults.Add(Count, fault);
        _documents[Count++] = new IncomingDocument(id, default, null, 0, 0, 0, 0, 0);
    }

    /// <summary>Returns the bytes of a document, as <see cref="DocumentCodec"/> writes them.</summary>
    public ReadOnlySpan<byte> BytesOf(int index) => _bytes.Slice(_documents[index].Start, _documents[index].Length);

    /// <summary>Returns the embedding of a document; empty for none.</summary>
    public ReadOnlySpan<float> EmbeddingOf(int index) =>
        _embeddings.Slice(_documents[index].EmbeddingStart, _documents[index].Dimension);

    /// <summary>Releases the memory after the chunk was stored; see <see cref="RentedBuffer{T}.Release"/>.</summary>
    public void Release()
    {
        _bytes.Release();
        _embeddings.Release();
    }
}
