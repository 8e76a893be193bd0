namespace TopicGrpc.Server.Fitting;

/// <summary>A write buffer of the embedding cache: appends full blocks, and the rest on disposal. Thread-safe.</summary>
internal sealed class EmbeddingBlock(EmbeddingCache cache, string corpus, string encoderSha256, int dimension) : IDisposable
{
    private const int Size = 256;

    private readonly Lock _gate = new();
    private readonly List<(UInt128 Key, float[] Vector, bool Truncated)> _rows = new(Size);

    public void Add(UInt128 key, float[] vector, bool isTruncated)
    {
        lock (_gate)
        {
            _rows.Add((key, vector, isTruncated));
            if (_rows.Count == Size)
            {
                Append();
            }
        }
    }

    /// <summary>Appends the rows that wait.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            Append();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Flush();

    private void Append()
    {
        if (_rows.Count > 0)
        {
            cache.Append(corpus, encoderSha256, dimension, _rows);
            _rows.Clear();
        }
    }
}
