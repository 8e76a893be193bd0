using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Search for the nearest stored rows of a new row: by the graph of the index if it has one, otherwise exact. The coarse codes
/// give an upper bound of every row's score. Rows whose bound reaches the k-th best score get a tighter bound from the fine
/// codes, and only rows that still reach it are compared in full. Thread-safe; scratch memory is per thread.
/// </summary>
internal sealed class RowQuery
{
    /// <summary>Margin for the rounding of the bounds, relative to the lengths.</summary>
    private const float Slack = 4e-6f;

    /// <summary>Rows with the best coarse bounds that are compared first, per neighbor.</summary>
    private const int PromisingPerNeighbor = 2;

    /// <summary>Queries with a smaller squared length are compared with every row.</summary>
    private const double SmallestSquare = 1e-60;

    [ThreadStatic]
    private static QueryScratch? _scratch;

    private readonly Matrix _rows;
    private readonly DistanceMetric _metric;
    private readonly RowGeometry _geometry;
    private readonly CoarseRows? _coarse;
    private readonly GraphQuery? _graph;
    private readonly QuantizedRows _quantized;
    private readonly float _largestNorm;
    private readonly int[] _excluded;
    private readonly int _count;

    public RowQuery(Matrix rows, DistanceMetric metric, int count, RowIndex index)
    {
        _rows = rows;
        _metric = metric;
        _excluded = index.Excluded;

        // With fewer found rows than places, a row would be offered twice.
        _count = Math.Min(count, rows.Rows - _excluded.Length);
        _geometry = index.Geometry;
        _coarse = index.Coarse;
        _graph = index.Graph is { } graph ? new GraphQuery(rows, metric, _count, index, graph) : null;
        _quantized = index.Fine;
        _largestNorm = metric == DistanceMetric.Cosine || rows.Rows == 0
            ? 1f
            : MathF.Sqrt(2f * TensorPrimitives.Max<float>(_geometry.Offsets));
    }

    /// <summary>Returns the nearest rows by (distance, index). The list is valid until the thread's next query.</summary>
    /// <exception cref="ArgumentException">A value of <paramref name="row"/> is not finite.</exception>
    public RankedRows Find(ReadOnlySpan<float> row)
    {
        double square = FixedOrder.Dot(row, row);
        if (!double.IsFinite(square))
        {
            throw new ArgumentException("The row contains a value that is not finite.", nameof(row));
        }

        if (_graph is not null && square > SmallestSquare)
        {
            return _graph.Find(row, square);
        }

        return _coarse is null ? FindAmongAll(row, square) : FindExact(row, square, _coarse);
    }

    /// <summary>
    /// Finds the nearest rows of some rows of a matrix, each as <see cref="Find(ReadOnlySpan{float})"/> does. Groups of queries read the
    /// coarse codes together, which makes a search for many rows cheaper than as many searches.
    /// </summary>
    /// <param name="rows">Matrix with the rows to search for.</param>
    /// <param name="queries">Indexes of these rows.</param>
    /// <param name="found">Receive the nearest rows of each; empty for a row with a value that is not finite.</param>
    public void Find(Matrix rows, ReadOnlySpan<int> queries, ReadOnlySpan<RankedRows> found)
    {
        Span<double> squares = stackalloc double[CoarseRows.QueryGroup];
        for (int start = 0; start < queries.Length; start += CoarseRows.QueryGroup)
        {
            ReadOnlySpan<int> group = queries.Slice(start, Math.Min(CoarseRows.QueryGroup, queries.Length - start));
            ReadOnlySpan<RankedRows> results = found.Slice(start, group.Length);
            bool areCoded = true;
            for (int i = 0; i < group.Length; i++)
            {
                ReadOnlySpan<float> row = rows.Row(group[i]);
                squares[i] = FixedOrder.Dot(row, row);
                areCoded &= squares[i] > SmallestSquare && double.IsFinite(squares[i]);
            }

            if (areCoded && _graph is not null)
            {
                _graph.Find(rows, group, squares, results);
            }
            else if (areCoded && _coarse is not null)
            {
                FindGroup(rows, group, squares, results, _coarse);
            }
            else
            {
                FindOneByOne(rows, group, squares, results);
            }
        }
    }

    private void FindOneByOne(Matrix rows, ReadOnlySpan<int> queries, ReadOnlySpan<double> squares, ReadOnlySpan<RankedRows> found)
    {
        for (int i = 0; i < queries.Length; i++)
        {
            if (double.IsFinite(squares[i]))
            {
                found[i].CopyFrom(Find(rows.Row(queries[i])));
            }
            else
            {
                found[i].Reset(_count);
            }
        }
    }

    /// <summary>Compares a query that has no codes with every row.</summary>
    private RankedRows FindAmongAll(ReadOnlySpan<float> row, double square)
    {
        RankedRows nearest = (_scratch ??= new QueryScratch()).Nearest;
        nearest.Reset(_count);
        for (int other = 0, skipped = 0; other < _rows.Rows && _count > 0; other++)
        {
            if (skipped < _excluded.Length && _excluded[skipped] == other)
            {
                skipped++;
                continue;
            }

            nearest.Offer(_geometry.Distance(row, square, other), other);
        }

        return nearest;
    }

    private RankedRows FindExact(ReadOnlySpan<float> row, double square, CoarseRows coarse)
    {
        // Under cosine, a zero vector is nearest to other zero vectors, which products cannot identify. Values near the limits
        // of single precision keep too few digits.
        if (square <= SmallestSquare)
        {
            return FindAmongAll(row, square);
        }

        QueryScratch scratch = _scratch ??= new QueryScratch();
        scratch.Reset(coarse, _quantized.Stride, _count);
        Span<float> upper = scratch.UpperOf(coarse, 0);
        CoarseQuery query = Encode(row, square, coarse, scratch.CoarseQuery);
        coarse.Bound(new ReadOnlySpan<CoarseQuery>(in query), scratch.CoarseQuery, upper);
        Rank(row, square, upper, scratch, scratch.Nearest);
        return scratch.Nearest;
    }

    private void FindGroup(
        Matrix rows, ReadOnlySpan<int> group, ReadOnlySpan<double> squares, ReadOnlySpan<RankedRows> found, CoarseRows coarse)
    {
        QueryScratch scratch = _scratch ??= new QueryScratch();
        scratch.Reset(coarse, _quantized.Stride, _count);
        Span<CoarseQuery> queries = stackalloc CoarseQuery[group.Length];
        for (int i = 0; i < found.Length; i++)
        {
            queries[i] = Encode(rows.Row(group[i]), squares[i], coarse, scratch.CoarseQuery.AsSpan(i * coarse.Axes, coarse.Axes));
        }

        coarse.Bound(queries, scratch.CoarseQuery, scratch.UpperOf(coarse, 0, found.Length));
        for (int i = 0; i < found.Length; i++)
        {
            Rank(rows.Row(group[i]), squares[i], scratch.UpperOf(coarse, i), scratch, found[i]);
        }
    }

    private double ScaleOf(double square) => _metric == DistanceMetric.Cosine && square > 0.0 ? 1.0 / Math.Sqrt(square) : 1.0;

    private CoarseQuery Encode(ReadOnlySpan<float> row, double square, CoarseRows coarse, Span<short> codes)
    {
        double scale = ScaleOf(square);
        return coarse.Encode(row, (float)scale, (float)(Math.Sqrt(square) * scale), _largestNorm, codes);
    }

    /// <summary>Compares the rows whose bounds reach the k-th best distance.</summary>
    private void Rank(ReadOnlySpan<float> row, double square, Span<float> upper, QueryScratch scratch, RankedRows nearest)
    {
        if (_count == 0)
        {
            nearest.Reset(0);
            return;
        }

        foreach (int other in _excluded)
        {
            upper[other] = float.NegativeInfinity;
        }

        double scale = ScaleOf(square);
        FineQuery fine = Code(row, scale, (float)(Math.Sqrt(square) * scale), scratch.FineCodes.AsSpan(0, _quantized.Stride));

        // The k-th distance among promising rows is nearly final, so few other rows reach it.
        nearest.Reset(Math.Min(PromisingPerNeighbor * _count, _rows.Rows - _excluded.Length));
        Promising(upper, nearest);
        ReadOnlySpan<int> promising = Indexes(nearest, scratch.Reaching);
        foreach (int other in promising)
        {
            upper[other] = float.NegativeInfinity;
        }

        Span<float> bounds = Bound(fine, promising, scratch);
        CompareBest(row, square, promising, bounds, scratch.First.AsSpan(0, _count), nearest);
        CompareReaching(row, square, promising, bounds, nearest);

        ReadOnlySpan<int> others = Reaching(upper, Score(nearest, square), scratch.Reaching);
        CompareReaching(row, square, others, Bound(fine, others, scratch), nearest);
    }

    /// <summary>Compares the k rows with the best bounds in full: few others reach the k-th distance among them.</summary>
    /// <param name="row">Query, d values.</param>
    /// <param name="square">Its squared length.</param>
    /// <param name="rows">Indexes of at least k rows.</param>
    /// <param name="bounds">Their bounds; those of compared rows become minus infinity.</param>
    /// <param name="best">Scratch memory, k values.</param>
    /// <param name="nearest">Receives the k rows.</param>
    private void CompareBest(
        ReadOnlySpan<float> row, double square, ReadOnlySpan<int> rows, Span<float> bounds, Span<int> best, RankedRows nearest)
    {
        nearest.Reset(_count);
        for (int place = 0; place < rows.Length; place++)
        {
            nearest.Offer(-bounds[place], place);
        }

        for (int i = 0; i < best.Length; i++)
        {
            best[i] = nearest.Index(i);
        }

        nearest.Reset(_count);
        foreach (int place in best)
        {
            nearest.Offer(_geometry.Distance(row, square, rows[place]), rows[place]);
            bounds[place] = float.NegativeInfinity;
        }
    }

    /// <summary>Compares the rows whose bounds reach the k-th distance in full.</summary>
    private void CompareReaching(
        ReadOnlySpan<float> row, double square, ReadOnlySpan<int> rows, ReadOnlySpan<float> bounds, RankedRows nearest)
    {
        float reach = Score(nearest, square);
        for (int i = 0; i < rows.Length; i++)
        {
            if (bounds[i] >= reach)
            {
                nearest.Offer(_geometry.Distance(row, square, rows[i]), rows[i]);
                reach = Score(nearest, square);
            }
        }
    }

    /// <summary>
    /// Computes the tighter bounds of some rows. No branch depends on a bound, so the processor reads the codes of many rows at a time.
    /// </summary>
    private Span<float> Bound(FineQuery query, ReadOnlySpan<int> rows, QueryScratch scratch)
    {
        ReadOnlySpan<sbyte> rowCodes = _quantized.Codes.Span;
        Span<float> bounds = scratch.Bounds.AsSpan(0, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            bounds[i] = Upper(query, scratch.FineCodes, rowCodes, rows[i]);
        }

        return bounds;
    }

    private static ReadOnlySpan<int> Indexes(RankedRows rows, int[] indexes)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            indexes[i] = rows.Index(i);
        }

        return indexes.AsSpan(0, rows.Count);
    }

    /// <summary>Lists the rows whose bounds reach a score.</summary>
    private static ReadOnlySpan<int> Reaching(ReadOnlySpan<float> upper, float reach, int[] rows)
    {
        int count = 0;
        var least = Vector256.Create(reach);
        for (int block = 0; block < upper.Length; block += Vector256<float>.Count)
        {
            uint lanes = Vector256.GreaterThanOrEqual(Vector256.Create(upper[block..]), least).ExtractMostSignificantBits();
            for (; lanes != 0; lanes &= lanes - 1)
            {
                rows[count++] = block + BitOperations.TrailingZeroCount(lanes);
            }
        }

        return rows.AsSpan(0, count);
    }

    /// <summary>Collects the rows with the highest bounds.</summary>
    private static void Promising(ReadOnlySpan<float> upper, RankedRows best)
    {
        float worstKept = float.NegativeInfinity;
        for (int block = 0; block < upper.Length; block += Vector256<float>.Count)
        {
            var better = Vector256.GreaterThan(Vector256.Create(upper[block..]), Vector256.Create(worstKept));
            uint lanes = better.ExtractMostSignificantBits();
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int other = block + BitOperations.TrailingZeroCount(lanes);
                best.Offer(-upper[other], other);
                worstKept = double.IsFinite(best.Bound) ? (float)-best.Bound : worstKept;
            }
        }
    }

    /// <summary>Returns the score of the current k-th distance, rounded down so that ties are still compared.</summary>
    private float Score(RankedRows nearest, double square)
    {
        double distance = nearest.Bound;
        double score = _metric == DistanceMetric.Cosine ? 1.0 - distance : 0.5 * (square - (distance * distance));
        // Above minus infinity, the bound of the rows that are already compared.
        return double.IsFinite(score) ? MathF.BitDecrement((float)score) : float.MinValue;
    }

    /// <summary>Quantizes the query for products with the fine codes.</summary>
    private FineQuery Code(ReadOnlySpan<float> row, double scale, float length, Span<short> codes)
    {
        double step = Math.Abs(TensorPrimitives.MaxMagnitude(row)) * scale / _quantized.LargestQueryCode;
        codes.Clear();
        double rest = 0.0;
        for (int i = 0; i < row.Length; i++)
        {
            double value = row[i] * scale;
            codes[i] = (short)Math.Round(value / step);
            double difference = value - (codes[i] * step);
            rest += difference * difference;
        }

        float residual = (float)Math.Sqrt(rest);
        float slack = (residual * _largestNorm) + (Slack * _largestNorm * (_largestNorm + length));
        return new FineQuery((float)step, length + residual, slack);
    }

    private float Upper(FineQuery query, ReadOnlySpan<short> codes, ReadOnlySpan<sbyte> rows, int other) =>
        (query.Step * _quantized.Product(codes, rows, other))
        - _geometry.Offsets[other]
        + (query.Length * _quantized.Residuals[other])
        + query.Slack;

    /// <summary>Properties of the query that the tighter bound uses.</summary>
    private readonly record struct FineQuery(float Step, float Length, float Slack);
}
