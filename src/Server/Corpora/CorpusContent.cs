using System.Text;
using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>What the records of a corpus add up to: content hashes by document id, and the state of each session.</summary>
internal sealed class CorpusContent
{
    private readonly Dictionary<string, UInt128> _hashes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SessionState> _sessions = new(StringComparer.Ordinal);

    /// <summary>Content hash by document id.</summary>
    public IReadOnlyDictionary<string, UInt128> Hashes => _hashes;

    /// <summary>Number of documents.</summary>
    public int Documents => _hashes.Count;

    /// <summary>Bytes of their texts in UTF-8.</summary>
    public long TextBytes { get; private set; }

    /// <summary>Number of sessions that have stored something.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Returns whether a session has stored something.</summary>
    public bool HasSession(string id) => _sessions.ContainsKey(id);

    /// <summary>Returns the state of a session; a new one for an unknown id.</summary>
    public SessionState Session(string id) => _sessions.GetValueOrDefault(id) ?? new SessionState(id, 0, 0, 0);

    /// <summary>Adds the payload of a record that was read.</summary>
    /// <exception cref="InvalidDataException">The payload is no chunk of a known format.</exception>
    /// <exception cref="ArgumentException">A document occurs twice.</exception>
    public void Add(byte[] payload)
    {
        StoredChunk chunk = ChunkCodec.Decode(payload);
        _sessions[chunk.Session.Id] = chunk.Session;
        foreach (Document document in chunk.Documents)
        {
            _hashes.Add(document.Id, ContentHash.Of(document));
            TextBytes += Encoding.UTF8.GetByteCount(document.Text);
        }
    }

    /// <summary>Adds the effect of a plan whose records are durable.</summary>
    public void Add(AppendPlan plan)
    {
        foreach ((string id, UInt128 hash) in plan.Added)
        {
            _hashes.Add(id, hash);
        }

        TextBytes += plan.TextBytes;
        if (plan.Records.Count > 0)
        {
            _sessions[plan.Session.Id] = plan.Session;
        }
    }
}
