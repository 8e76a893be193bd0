using System.Text;
using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>What the records of a corpus add up to: content hashes by document id, and the state of each session.</summary>
internal sealed class CorpusContent
{
    private static readonly HashSet<int> NothingErased = [];

    private readonly Dictionary<string, UInt128> _hashes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionState> _sessions = new(StringComparer.Ordinal);

    /// <summary>Content hash by document id.</summary>
    public IReadOnlyDictionary<string, UInt128> Hashes => _hashes;

    /// <summary>Number of documents.</summary>
    public int Documents => _hashes.Count;

    /// <summary>Bytes of their texts in UTF-8.</summary>
    public long TextBytes { get; private set; }

    /// <summary>Numbers of the given embeddings of the documents; 0 for none.</summary>
    public int Dimension { get; private set; }

    /// <summary>Numbers for the mark of the document file.</summary>
    public DocumentTotals Totals => new(Documents, TextBytes, Dimension);

    /// <summary>Earliest time of the documents, or an earlier one of documents that were removed; null if none has a time.</summary>
    public DateTimeOffset? Earliest { get; private set; }

    /// <summary>Number of documents that were read, erased ones included.</summary>
    public int Places { get; private set; }

    /// <summary>Number of sessions that have stored something.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Returns what makes the embeddings of the documents.</summary>
    /// <param name="declared">What was set at the creation of the corpus.</param>
    public EmbeddingSource Source(EmbeddingSource declared) =>
        _hashes.Count == 0 ? declared : EmbeddingSource.OfDocuments(Dimension);

    /// <summary>Returns whether a session has stored something.</summary>
    public bool HasSession(string id) => _sessions.ContainsKey(id);

    /// <summary>Returns the state of a session; a new one for an unknown id.</summary>
    public SessionState Session(string id) => _sessions.GetValueOrDefault(id) ?? new SessionState(id, 0, 0, 0);

    /// <summary>Adds the payload of a record that was read.</summary>
    /// <exception cref="InvalidDataException">The payload is no chunk of a known format.</exception>
    /// <exception cref="ArgumentException">A document occurs twice.</exception>
    public void Add(byte[] payload) => Add(payload, NothingErased);

    /// <summary>Adds the payload of a record that was read, without the erased documents in it.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="erased">Places of erased documents.</param>
    /// <exception cref="InvalidDataException">The payload is no chunk of a known format.</exception>
    /// <exception cref="ArgumentException">A document occurs twice.</exception>
    public void Add(byte[] payload, IReadOnlySet<int> erased)
    {
        StoredChunk chunk = ChunkCodec.Decode(payload);
        _sessions[chunk.Session.Id] = chunk.Session;
        for (int index = 0; index < chunk.Documents.Count; index++)
        {
            if (!erased.Contains(Places++))
            {
                Document document = chunk.Documents[index];
                _hashes.Add(document.Id, ContentHash.Of(document, chunk.EmbeddingOf(index)));
                Dimension = chunk.Embeddings?.Dimension ?? 0;
                TextBytes += Encoding.UTF8.GetByteCount(document.Text);
                Earliest = Earlier(Earliest, document.Time);
            }
        }
    }

    /// <summary>Removes documents that were erased.</summary>
    public void Remove(IReadOnlyList<FoundDocument> documents)
    {
        foreach (FoundDocument document in documents)
        {
            _hashes.Remove(document.Id);
            TextBytes -= document.TextBytes;
        }

        if (_hashes.Count == 0)
        {
            Dimension = 0;
        }
    }

    /// <summary>Records that the document file has no erased documents any more.</summary>
    /// <param name="earliest">Earliest time of its documents.</param>
    public void Compacted(DateTimeOffset? earliest)
    {
        Places = _hashes.Count;
        Earliest = earliest;
    }

    /// <summary>Returns the earlier of two times; null counts as none.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right ?? left : left;

    /// <summary>Adds the effect of a plan whose records are durable.</summary>
    public void Add(AppendPlan plan)
    {
        foreach ((string id, UInt128 hash) in plan.Added)
        {
            _hashes.Add(id, hash);
        }

        if (plan.Added.Count > 0)
        {
            Dimension = plan.Source.Dimension;
        }

        Places += plan.Added.Count;
        TextBytes += plan.TextBytes;
        Earliest = Earlier(Earliest, plan.Earliest);
        if (plan.Records.Count > 0)
        {
            _sessions[plan.Session.Id] = plan.Session;
        }
    }
}
