using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// Which texts of a run are open, and their division into chunks. Equal texts are embedded once. The chunks are in the order of the keys of
/// their texts, so they depend on the set of open texts alone and not on the member that coordinates; and hashes mix long and short texts,
/// so that chunks cost about the same. Not thread-safe.
/// </summary>
internal sealed class EmbeddingRun
{
    private readonly EmbeddingWork _work;
    private readonly IEmbeddingReceiver _receiver;
    private readonly TextRows _byKey;
    private readonly int[] _order;
    private readonly bool[] _isClosed;

    /// <param name="work">The texts.</param>
    /// <param name="receiver">Receives their embeddings.</param>
    public EmbeddingRun(EmbeddingWork work, IEmbeddingReceiver receiver)
    {
        _work = work;
        _receiver = receiver;
        var keys = new UInt128[work.Count];
        for (int text = 0; text < keys.Length; text++)
        {
            keys[text] = work.Key(text);
        }

        _byKey = new TextRows(keys);
        _order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, _order);
        _isClosed = new bool[keys.Length];
        Open = keys.Length;
    }

    /// <summary>Number of texts that are neither embedded nor left out.</summary>
    public int Open { get; private set; }

    /// <summary>Passes on the embeddings of a result; those of closed or unknown texts are ignored.</summary>
    public void Accept(ChunkResult result)
    {
        for (int row = 0; row < result.Count; row++)
        {
            UInt128 key = result.Key(row);
            foreach (int text in _byKey.Of(key))
            {
                if (!_isClosed[text])
                {
                    Close(text, new EmbeddedText(result.Vector(row), result.IsTruncated(row)));
                }
            }
        }
    }

    /// <summary>Leaves out a text and all that equal it.</summary>
    public void Quarantine(UInt128 key)
    {
        foreach (int text in _byKey.Of(key))
        {
            if (!_isClosed[text])
            {
                Close(text, EmbeddedText.Quarantined);
            }
        }
    }

    /// <summary>Returns whether all texts of a chunk are closed.</summary>
    public bool IsClosed(EmbeddingChunk chunk) => chunk.Texts.All(text => _isClosed[text]);

    /// <summary>Returns the open texts with one of the keys, each as a chunk of its own.</summary>
    public IEnumerable<EmbeddingChunk> Alone(IReadOnlyCollection<UInt128> keys)
    {
        foreach (UInt128 key in keys.Order())
        {
            int text = _byKey.Of(key) is [int first, ..] ? first : -1;
            if (text >= 0 && !_isClosed[text])
            {
                yield return new EmbeddingChunk(_work, [text], _work.Text(text).Length);
            }
        }
    }

    /// <summary>Divides the texts that are open when the enumeration reaches them.</summary>
    /// <param name="maxTexts">Most texts of a chunk.</param>
    /// <param name="maxBytes">Length of text at which a chunk is full.</param>
    /// <param name="except">Keys of texts that are left out.</param>
    public IEnumerable<EmbeddingChunk> Chunks(int maxTexts, int maxBytes, IReadOnlySet<UInt128> except)
    {
        List<int> texts = new(maxTexts);
        long bytes = 0;
        UInt128? last = null;
        foreach (int text in _order)
        {
            UInt128 key = _work.Key(text);
            if (_isClosed[text] || key == last || except.Contains(key))
            {
                continue;
            }

            last = key;
            texts.Add(text);
            bytes += _work.Text(text).Length;
            if (texts.Count == maxTexts || bytes >= maxBytes)
            {
                yield return new EmbeddingChunk(_work, [.. texts], bytes);
                texts.Clear();
                bytes = 0;
            }
        }

        if (texts.Count > 0)
        {
            yield return new EmbeddingChunk(_work, [.. texts], bytes);
        }
    }

    private void Close(int text, EmbeddedText embedded)
    {
        _isClosed[text] = true;
        Open--;
        _receiver.Add(text, embedded);
    }
}
