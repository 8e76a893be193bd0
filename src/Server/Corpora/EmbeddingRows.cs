using System.Runtime.InteropServices;

namespace TopicGrpc.Server.Corpora;

/// <summary>Embeddings of the documents of one record, one row per document: arrays, or a view of the record.</summary>
internal sealed class EmbeddingRows
{
    private readonly IReadOnlyList<float[]>? _rows;
    private readonly ReadOnlyMemory<byte> _bytes;

    /// <summary>Creates rows from arrays of one length.</summary>
    public EmbeddingRows(IReadOnlyList<float[]> rows)
    {
        _rows = rows;
        Dimension = rows[0].Length;
    }

    /// <summary>Creates rows from little-endian single-precision numbers.</summary>
    public EmbeddingRows(ReadOnlyMemory<byte> bytes, int dimension)
    {
        _bytes = bytes;
        Dimension = dimension;
    }

    /// <summary>Numbers of a row.</summary>
    public int Dimension { get; }

    /// <summary>Returns a row; valid as long as the record.</summary>
    public ReadOnlySpan<float> Row(int row) => _rows is null
        ? MemoryMarshal.Cast<byte, float>(_bytes.Span.Slice(row * Dimension * sizeof(float), Dimension * sizeof(float)))
        : _rows[row];

    /// <summary>Returns some of the rows.</summary>
    /// <param name="rows">Indexes of the rows, at least one.</param>
    public EmbeddingRows Only(IEnumerable<int> rows) => new([.. rows.Select(row => Row(row).ToArray())]);
}
