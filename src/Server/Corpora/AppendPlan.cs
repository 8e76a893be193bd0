using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Computes the effect of some chunks without applying it. The corpus applies the plan after the records of the plan are durable.
/// </summary>
/// <param name="session">Session before the chunks.</param>
/// <param name="known">Content hashes by document id: those stored, and those that earlier plans of the same flush add.</param>
/// <param name="source">What makes the embeddings of the documents before the chunks.</param>
internal sealed class AppendPlan(
    SessionState session,
    IReadOnlyList<IReadOnlyDictionary<string, UInt128>> known,
    EmbeddingSource source)
{
    private readonly List<DocumentRejection> _rejections = [];
    private int _accepted;
    private int _duplicates;

    /// <summary>State of the session after the chunks.</summary>
    public SessionState Session { get; private set; } = session;

    /// <summary>What makes the embeddings of the documents after the chunks.</summary>
    public EmbeddingSource Source { get; private set; } = source;

    /// <summary>Records to append, one per chunk that changes something.</summary>
    public List<RentedBuffer<byte>> Records { get; } = [];

    /// <summary>Content hash of the documents to add, by id.</summary>
    public Dictionary<string, UInt128> Added { get; } = new(StringComparer.Ordinal);

    /// <summary>Bytes of the texts to add.</summary>
    public long TextBytes { get; private set; }

    /// <summary>Earliest time of the documents to add; null if none has a time.</summary>
    public DateTimeOffset? Earliest { get; private set; }

    /// <summary>Result for the client, valid once the records are durable.</summary>
    public AppendResult Result => new(Session.NextOffset, _accepted, _duplicates, _rejections);

    /// <summary>Adds one chunk to the plan.</summary>
    /// <exception cref="ServiceException">The chunk does not continue the session.</exception>
    public void Add(IncomingChunk chunk)
    {
        if (chunk.Offset > Session.NextOffset)
        {
            throw Fault.OffsetGap(chunk.Offset, Session.NextOffset);
        }

        // Documents below the next offset were processed before the connection broke.
        int first = (int)Math.Min(chunk.Count, Session.NextOffset - chunk.Offset);
        for (int index = 0; index < first; index++)
        {
            CheckResent(chunk, index);
        }

        if (first == chunk.Count)
        {
            return;
        }

        List<int> fresh = new(chunk.Count - first);
        long rejected = 0;
        long duplicates = 0;
        for (int index = first; index < chunk.Count; index++)
        {
            ref readonly IncomingDocument document = ref chunk[index];
            ServiceException? violation = chunk.Faults.GetValueOrDefault(index) ?? Source.Check(document.Dimension);
            if (violation is null && !IsNew(document.Id, document.Hash, out bool isSame))
            {
                if (isSame)
                {
                    duplicates++;
                    continue;
                }

                violation = Fault.DocumentConflict();
            }

            if (violation is not null)
            {
                rejected++;
                _rejections.Add(new DocumentRejection(chunk.Offset + index, Shown(document.Id), violation));
                continue;
            }

            Added.Add(document.Id, document.Hash);
            TextBytes += document.TextBytes;
            Earliest = CorpusContent.Earlier(Earliest, document.Time);
            Source = Source.After(document.Dimension);
            fresh.Add(index);
        }

        _accepted += fresh.Count;
        _duplicates += (int)duplicates;
        Session = Session with
        {
            NextOffset = chunk.Offset + chunk.Count,
            Rejected = Session.Rejected + rejected,
            Duplicates = Session.Duplicates + duplicates,
        };
        Records.Add(ChunkCodec.Encode(Session, chunk, fresh));
    }

    /// <summary>Releases the records; see <see cref="RentedBuffer{T}.Release"/>.</summary>
    public void Release() => Records.ForEach(static record => record.Release());

    /// <summary>An id that is too long would make the acknowledgement as large as the chunk.</summary>
    private static string Shown(string id) => id.Length <= DocumentLimits.MaxIdBytes ? id : id[..DocumentLimits.MaxIdBytes];

    // The corpus has every document that the session stored, so a document sent again is there with the same content. Another one at its
    // place would be acknowledged and lost.
    private void CheckResent(IncomingChunk chunk, int index)
    {
        ref readonly IncomingDocument document = ref chunk[index];
        ServiceException? violation = chunk.Faults.GetValueOrDefault(index) ?? Source.Check(document.Dimension);
        if (violation is null)
        {
            bool isNew = IsNew(document.Id, document.Hash, out bool isSame);
            if (isSame)
            {
                _duplicates++;
                return;
            }

            violation = isNew ? Fault.OffsetConflict(chunk.Offset + index) : Fault.DocumentConflict();
        }

        _rejections.Add(new DocumentRejection(chunk.Offset + index, Shown(document.Id), violation));
    }

    private bool IsNew(string id, UInt128 content, out bool isSame)
    {
        bool isKnown = Added.TryGetValue(id, out UInt128 stored);
        for (int index = 0; index < known.Count && !isKnown; index++)
        {
            isKnown = known[index].TryGetValue(id, out stored);
        }

        isSame = isKnown && stored == content;
        return !isKnown;
    }
}
