using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Finds the nearest stored rows of one new row, exactly. A pass over copies of one byte a value gives every row an upper
/// and a lower bound of its score; only rows whose upper bound reaches the k-th best lower bound are compared in full.
/// Safe for any number of threads; scratch is kept per thread.
/// </summary>
internal sealed class RowQuery
{
    /// <summary>Covers the rounding of the bounds themselves, relative to the sizes involved.</summary>
    private const float Slack = 4e-6f;

    [ThreadStatic]
    private static QueryScratch? t_scratch;

    private readonly Matrix _rows;
    private readonly DistanceMetric _metric;
    private readonly RowGeometry _geometry;
    private readonly QuantizedRows _quantized;
    private readonly float _largestNorm;
    private readonly int _count;

    public RowQuery(Matrix rows, DistanceMetric metric, int count)
    {
        _rows = rows;
        _metric = metric;
        _count = count;
        _geometry = new RowGeometry(rows, metric, 1, CancellationToken.None);
        _quantized = new QuantizedRows(rows, _geometry);
        _largestNorm = metric == DistanceMetric.Cosine || rows.Rows == 0 ? 1f : MathF.Sqrt(2f * TensorPrimitives.Max<float>(_geometry.Offsets));
    }

    /// <summary>The nearest rows by (distance, index); the list is valid until the thread's next query.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public RankedRows Find(ReadOnlySpan<float> row)
    {
        double square = FixedOrder.Dot(row, row);
        if (!double.IsFinite(square))
        {
            throw new ArgumentException("The row holds a value that is not a finite number.", nameof(row));
        }

        QueryScratch scratch = t_scratch ??= new QueryScratch();
        scratch.Reset(_rows.Rows, _quantized.Stride, _count);
        RankedRows nearest = scratch.Nearest;

        // Under cosine a zero vector is nearest to other zero vectors, which products cannot tell from the rest.
        float bound = square > 0.0 ? Bound(row, square, scratch) : float.NegativeInfinity;
        Span<float> upper = scratch.Upper.AsSpan(0, _rows.Rows);
        if (bound == float.NegativeInfinity)
        {
            upper.Fill(float.PositiveInfinity);
        }

        // The rows with the best lower bounds come first: then the k-th distance is nearly final, and few others reach it.
        Span<int> first = scratch.First.AsSpan(0, nearest.Count);
        for (int i = 0; i < first.Length; i++)
        {
            first[i] = nearest.Index(i);
        }

        nearest.Reset(_count);
        foreach (int other in first)
        {
            nearest.Offer(_geometry.Distance(row, square, other), other);
            upper[other] = float.NegativeInfinity;
        }

        float reach = Math.Max(bound, Score(nearest, square));
        for (int other = 0; other < upper.Length; other++)
        {
            if (upper[other] >= reach)
            {
                nearest.Offer(_geometry.Distance(row, square, other), other);
                reach = Math.Max(bound, Score(nearest, square));
            }
        }

        return nearest;
    }

    /// <summary>The score that belongs to the k-th distance so far; rounded down so that ties are still compared.</summary>
    private float Score(RankedRows nearest, double square)
    {
        double distance = nearest.Bound;
        double score = _metric == DistanceMetric.Cosine ? 1.0 - distance : 0.5 * (square - (distance * distance));
        return double.IsFinite(score) ? MathF.BitDecrement((float)score) : float.NegativeInfinity;
    }

    /// <summary>Fills the upper bounds and returns the k-th best lower bound.</summary>
    private float Bound(ReadOnlySpan<float> row, double square, QueryScratch scratch)
    {
        double norm = Math.Sqrt(square);
        double scale = _metric == DistanceMetric.Cosine ? 1.0 / norm : 1.0;
        float length = (float)(norm * scale);
        double step = Math.Abs(TensorPrimitives.MaxMagnitude(row)) * scale / _quantized.LargestQueryCode;
        Span<short> codes = scratch.Query.AsSpan(0, _quantized.Stride);
        codes.Clear();
        double rest = 0.0;
        for (int i = 0; i < row.Length; i++)
        {
            double value = row[i] * scale;
            codes[i] = (short)Math.Round(value / step);
            double difference = value - (codes[i] * step);
            rest += difference * difference;
        }

        float queryResidual = (float)Math.Sqrt(rest);
        float slack = (queryResidual * _largestNorm) + (Slack * _largestNorm * (_largestNorm + length));
        RankedRows best = scratch.Nearest;
        float worstKept = float.NegativeInfinity;
        Span<float> upper = scratch.Upper.AsSpan(0, _rows.Rows);
        for (int other = 0; other < upper.Length; other++)
        {
            float score = ((float)step * _quantized.Product(codes, other)) - _geometry.Offsets[other];
            float error = ((length + queryResidual) * _quantized.Residuals[other]) + slack;
            upper[other] = score + error;
            float lower = score - error;
            if (lower > worstKept)
            {
                best.Offer(-lower, other);
                worstKept = best.Count == _count ? (float)-best.Bound : float.NegativeInfinity;
            }
        }

        return worstKept;
    }

    /// <summary>One thread's room for a query; grows to the largest model the thread has seen.</summary>
    private sealed class QueryScratch
    {
        public short[] Query { get; private set; } = [];

        public float[] Upper { get; private set; } = [];

        public int[] First { get; private set; } = [];

        public RankedRows Nearest { get; } = new(0);

        public void Reset(int rows, int stride, int count)
        {
            if (Upper.Length < rows)
            {
                Upper = new float[rows];
            }

            if (Query.Length < stride)
            {
                Query = new short[stride];
            }

            if (First.Length < count)
            {
                First = new int[count];
            }

            Nearest.Reset(count);
        }
    }
}
