using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Approximate search for the nearest stored rows of a new row: best-first search over a <see cref="SearchGraph"/> (Hajebi et
/// al. 2011) by one-byte codes, then exact distances of the best rows. The search starts at the best entries of the highest level by
/// their coarse codes, and each level starts at the best rows of the one above. A query compares some thousand rows, however many are
/// stored. Depends on the row and the index alone. Thread-safe; scratch memory is per thread.
/// </summary>
internal sealed class GraphQuery
{
    /// <summary>Rows that the search keeps; it ends when all of them have been expanded.</summary>
    private const int Beam = 96;

    /// <summary>Rows that the search of a higher level keeps.</summary>
    private const int SampleBeam = 64;

    /// <summary>Rows that start the search of a level, the best of the level above or of the entries.</summary>
    private const int Starts = 32;

    [ThreadStatic]
    private static GraphScratch? _scratch;

    private readonly Matrix _rows;
    private readonly DistanceMetric _metric;
    private readonly RowGeometry _geometry;
    private readonly QuantizedRows _codes;
    private readonly CoarseRows _entries;
    private readonly Level[] _levels;
    private readonly float _largestNorm;
    private readonly int _count;

    public GraphQuery(Matrix rows, DistanceMetric metric, int count, RowIndex index, SearchGraph graph)
    {
        _rows = rows;
        _metric = metric;
        _count = count;
        _geometry = index.Geometry;
        _codes = index.Fine;
        _levels = LevelsOf(graph);
        Level top = _levels[0];
        Matrix entries = rows.Take(Array.ConvertAll(top.Graph.Entries, top.RowOf));
        RowGeometry geometry = new(entries, metric, 1, CancellationToken.None);
        _entries = new CoarseRows(entries, geometry, 1, CancellationToken.None);
        _largestNorm = metric == DistanceMetric.Cosine ? 1f : MathF.Sqrt(2f * TensorPrimitives.Max<float>(geometry.Offsets));
    }

    /// <summary>Returns rows near a row by (distance, index). The list is valid until the thread's next query.</summary>
    /// <param name="row">Query, d finite values.</param>
    /// <param name="square">Squared length of the query, not 0.</param>
    public RankedRows Find(ReadOnlySpan<float> row, double square)
    {
        GraphScratch scratch = Scratch();
        Span<short> codes = stackalloc short[_entries.Axes];
        CoarseQuery query = EncodeForEntries(row, square, codes);
        Span<float> upper = scratch.UpperOf(_entries.Blocks * CoarseRows.BlockRows);
        _entries.Bound(new ReadOnlySpan<CoarseQuery>(in query), codes, upper);
        Find(row, square, upper, scratch, scratch.Nearest);
        return scratch.Nearest;
    }

    /// <summary>Finds the rows near some rows of a matrix, each as the other overload does.</summary>
    /// <param name="rows">Matrix with the rows to search for.</param>
    /// <param name="group">Indexes of these rows, at most <see cref="CoarseRows.QueryGroup"/>.</param>
    /// <param name="squares">Their squared lengths, not 0.</param>
    /// <param name="found">Receive the rows near each.</param>
    public void Find(Matrix rows, ReadOnlySpan<int> group, ReadOnlySpan<double> squares, ReadOnlySpan<RankedRows> found)
    {
        GraphScratch scratch = Scratch();
        int padded = _entries.Blocks * CoarseRows.BlockRows;
        Span<float> upper = scratch.UpperOf(found.Length * padded);
        Span<short> codes = stackalloc short[found.Length * _entries.Axes];
        Span<CoarseQuery> queries = stackalloc CoarseQuery[found.Length];
        for (int i = 0; i < found.Length; i++)
        {
            queries[i] = EncodeForEntries(rows.Row(group[i]), squares[i], codes.Slice(i * _entries.Axes, _entries.Axes));
        }

        _entries.Bound(queries, codes, upper);
        for (int i = 0; i < found.Length; i++)
        {
            Find(rows.Row(group[i]), squares[i], upper.Slice(i * padded, padded), scratch, found[i]);
        }
    }

    private static double ScaleOf(DistanceMetric metric, double square) =>
        metric == DistanceMetric.Cosine ? 1.0 / Math.Sqrt(square) : 1.0;

    private GraphScratch Scratch()
    {
        GraphScratch scratch = _scratch ??= new GraphScratch();
        scratch.Reset(_codes.Stride, Math.Max(Math.Max(Beam, 2 * _count), SampleBeam));
        return scratch;
    }

    private CoarseQuery EncodeForEntries(ReadOnlySpan<float> row, double square, Span<short> codes)
    {
        double scale = ScaleOf(_metric, square);
        return _entries.Encode(row, (float)scale, (float)(Math.Sqrt(square) * scale), _largestNorm, codes);
    }

    private void Find(ReadOnlySpan<float> row, double square, ReadOnlySpan<float> upper, GraphScratch scratch, RankedRows nearest)
    {
        Span<short> query = scratch.Query.AsSpan(0, _codes.Stride);
        float step = Encode(row, ScaleOf(_metric, square), query);
        Span<int> places = stackalloc int[Starts];
        int started = FindStarts(upper, scratch, places);
        for (int i = 0; i < _levels.Length - 1; i++)
        {
            Level level = _levels[i];
            Walk(level, query, step, places[..started], SampleBeam, scratch);
            started = Math.Min(scratch.Best.Length, Starts);
            for (int start = 0; start < started; start++)
            {
                places[start] = level.Below![scratch.Best[start]];
            }
        }

        Walk(_levels[^1], query, step, places[..started], Math.Max(Beam, 2 * _count), scratch);
        nearest.Reset(_count);
        foreach (int other in scratch.Best[..Math.Min(scratch.Best.Length, 2 * _count)])
        {
            nearest.Offer(_geometry.Distance(row, square, other), other);
        }
    }

    /// <summary>Searches a level from given places; the scratch then lists the best places.</summary>
    private void Walk(
        Level level, ReadOnlySpan<short> query, float step, ReadOnlySpan<int> starts, int beam, GraphScratch scratch)
    {
        ReadOnlySpan<sbyte> codes = _codes.Codes.Span;
        ReadOnlySpan<int> links = level.Graph.Links.Span;
        scratch.Begin(beam);
        foreach (int start in starts)
        {
            scratch.Visit(start);
            scratch.Offer(Score(query, codes, step, level.RowOf(start)), start);
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
                    scratch.Offer(Score(query, codes, step, level.RowOf(link)), link);
                }
            }
        }
    }

    /// <summary>Finds the entries with the highest bounds of their scores.</summary>
    /// <returns>The number of entries found.</returns>
    private int FindStarts(ReadOnlySpan<float> upper, GraphScratch scratch, Span<int> starts)
    {
        scratch.Begin(starts.Length);
        int[] places = _levels[0].Graph.Entries;

        // The places ascend, so a later one with an equal score is never among the best, and the padding has no score.
        for (int block = 0; block < upper.Length; block += Vector256<float>.Count)
        {
            var better = Vector256.GreaterThan(Vector256.Create(upper[block..]), Vector256.Create(scratch.Worst));
            for (uint lanes = better.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                int entry = block + BitOperations.TrailingZeroCount(lanes);
                scratch.Offer(upper[entry], places[entry]);
            }
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

    /// <summary>Returns the levels of a graph, the highest first.</summary>
    private static Level[] LevelsOf(SearchGraph graph)
    {
        List<Level> levels = [new Level(graph, null, null)];
        for (SampledRows? sample = graph.Sample; sample is not null; sample = sample.Graph.Sample)
        {
            int[]? below = levels[^1].Rows;
            int[] rows = below is null ? sample.Rows : Array.ConvertAll(sample.Rows, place => below[place]);
            levels.Add(new Level(sample.Graph, sample.Rows, rows));
        }

        levels.Reverse();
        return [.. levels];
    }

    /// <summary>A level of the graph.</summary>
    /// <param name="Graph">Links between its places.</param>
    /// <param name="Below">Place in the level below, for each place; null in the graph of all rows.</param>
    /// <param name="Rows">Row, for each place; null if the places are rows.</param>
    private sealed record Level(SearchGraph Graph, int[]? Below, int[]? Rows)
    {
        public int RowOf(int place) => Rows is null ? place : Rows[place];
    }
}
