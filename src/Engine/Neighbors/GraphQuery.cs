using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Approximate search for the nearest stored rows of a new row: best-first search over a <see cref="SearchGraph"/> (Hajebi et
/// al. 2011) by one-byte codes, from the best entries by their coarse codes, then exact distances of the best rows. A query
/// compares some thousand rows, however many are stored. Depends on the row and the index alone. Thread-safe; scratch memory
/// is per thread.
/// </summary>
internal sealed class GraphQuery
{
    /// <summary>Rows that the search keeps; it ends when all of them have been expanded.</summary>
    private const int Beam = 96;

    /// <summary>Entries that start the search, the best of all by their coarse codes.</summary>
    private const int Starts = 16;

    [ThreadStatic]
    private static GraphScratch? _scratch;

    private readonly Matrix _rows;
    private readonly DistanceMetric _metric;
    private readonly RowGeometry _geometry;
    private readonly QuantizedRows _codes;
    private readonly SearchGraph _graph;
    private readonly CoarseRows _entries;
    private readonly float _largestNorm;
    private readonly int _count;

    public GraphQuery(Matrix rows, DistanceMetric metric, int count, RowIndex index, SearchGraph graph)
    {
        _rows = rows;
        _metric = metric;
        _count = count;
        _geometry = index.Geometry;
        _codes = index.Fine;
        _graph = graph;
        Matrix entries = new(graph.Entries.Length, rows.Columns);
        for (int i = 0; i < entries.Rows; i++)
        {
            rows.Row(graph.Entries[i]).CopyTo(entries.Row(i));
        }

        RowGeometry geometry = new(entries, metric, 1, CancellationToken.None);
        _entries = new CoarseRows(entries, geometry, 1, CancellationToken.None);
        _largestNorm = metric == DistanceMetric.Cosine ? 1f : MathF.Sqrt(2f * TensorPrimitives.Max<float>(geometry.Offsets));
    }

    /// <summary>Returns rows near a row by (distance, index). The list is valid until the thread's next query.</summary>
    /// <param name="row">Query, d finite values.</param>
    /// <param name="square">Squared length of the query, not 0.</param>
    public RankedRows Find(ReadOnlySpan<float> row, double square)
    {
        GraphScratch scratch = _scratch ??= new GraphScratch();
        int most = Math.Max(Beam, 2 * _count);
        scratch.Reset(_codes.Stride, most);
        Span<short> query = scratch.Query.AsSpan(0, _codes.Stride);
        double scale = _metric == DistanceMetric.Cosine ? 1.0 / Math.Sqrt(square) : 1.0;
        float step = Encode(row, scale, query);
        ReadOnlySpan<sbyte> codes = _codes.Codes.Span;
        ReadOnlySpan<int> links = _graph.Links.Span;
        Span<int> starts = stackalloc int[Starts];
        starts = starts[..FindStarts(row, scale, square, scratch, starts)];
        scratch.Begin(most);
        foreach (int start in starts)
        {
            scratch.Visit(start);
            scratch.Offer(Score(query, codes, step, start), start);
        }

        for (int next = scratch.NextToExpand(); next >= 0; next = scratch.NextToExpand())
        {
            foreach (int link in SearchGraph.LinksOf(links, next))
            {
                if (link < 0)
                {
                    break;
                }

                if (scratch.Visit(link))
                {
                    scratch.Offer(Score(query, codes, step, link), link);
                }
            }
        }

        RankedRows nearest = scratch.Nearest;
        nearest.Reset(_count);
        foreach (int other in scratch.Best[..Math.Min(scratch.Best.Length, 2 * _count)])
        {
            nearest.Offer(_geometry.Distance(row, square, other), other);
        }

        return nearest;
    }

    /// <summary>Finds the entries with the highest bounds of their scores.</summary>
    /// <returns>The number of entries found.</returns>
    private int FindStarts(ReadOnlySpan<float> row, double scale, double square, GraphScratch scratch, Span<int> starts)
    {
        Span<float> upper = scratch.UpperOf(_entries.Blocks * CoarseRows.BlockRows);
        Span<short> codes = stackalloc short[_entries.Axes];
        _entries.Bound(row, (float)scale, (float)(Math.Sqrt(square) * scale), _largestNorm, codes, upper);
        scratch.Begin(starts.Length);
        for (int i = 0; i < _graph.Entries.Length; i++)
        {
            scratch.Offer(upper[i], _graph.Entries[i]);
        }

        scratch.Best.CopyTo(starts);
        return scratch.Best.Length;
    }

    private float Score(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes, float step, int row) =>
        (step * _codes.Product(query, codes, row)) - _geometry.Offsets[row];

    /// <summary>Rounds the query to codes. Returns the value of one code unit.</summary>
    private float Encode(ReadOnlySpan<float> row, double scale, Span<short> codes)
    {
        double step = Math.Abs(TensorPrimitives.MaxMagnitude(row)) * scale / _codes.LargestQueryCode;
        codes.Clear();
        for (int i = 0; i < row.Length; i++)
        {
            codes[i] = (short)Math.Round(row[i] * scale / step);
        }

        return (float)step;
    }
}
