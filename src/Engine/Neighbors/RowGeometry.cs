using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Scale, offset and norm of every row. The score of row j as a neighbor of row i is <c>(s_i x_i)·(s_j x_j) − h_j</c>,
/// which decreases as the distance increases. Cosine: s is the inverse norm and h is 0. Euclidean: s is 1 and h is half the
/// squared norm.
/// </summary>
internal sealed class RowGeometry
{
    private readonly Matrix _rows;
    private readonly DistanceMetric _metric;
    private readonly double[] _squaredNorms;

    public RowGeometry(Matrix rows, DistanceMetric metric, int threads, CancellationToken cancellationToken)
    {
        _rows = rows;
        _metric = metric;
        _squaredNorms = new double[rows.Rows];
        Scales = new float[rows.Rows];
        Offsets = new float[rows.Rows];
        RowBlocks.Run(rows.Rows, 512, threads, (_, start, end) => Measure(start, end), cancellationToken);
        int invalid = Array.FindIndex(_squaredNorms, square => !double.IsFinite(square));
        if (invalid >= 0)
        {
            throw new ArgumentException($"Row {invalid} contains a value that is not finite.", nameof(rows));
        }
    }

    /// <summary>Scale factor s of each row; 0 for a zero row under cosine.</summary>
    public float[] Scales { get; }

    /// <summary>Offset h of each row; subtracted from the product when the row is the neighbor.</summary>
    public float[] Offsets { get; }

    /// <summary>Returns the squared length of a scaled row.</summary>
    public double ScaledSquare(int row) => (double)Scales[row] * Scales[row] * _squaredNorms[row];

    /// <summary>
    /// Returns the distance of two rows in double precision and fixed order: the same bits on every machine, exactly 0 for
    /// equal rows.
    /// </summary>
    public double Distance(int first, int second) => Distance(_rows.Row(first), _squaredNorms[first], second);

    /// <summary>Returns the distance of a new row to a stored row.</summary>
    public double Distance(ReadOnlySpan<float> row, double squaredNorm, int other) => _metric == DistanceMetric.Euclidean
        ? Math.Sqrt(FixedOrder.SquaredDistance(row, _rows.Row(other)))
        : CosineDistance(FixedOrder.Dot(row, _rows.Row(other)), squaredNorm, _squaredNorms[other]);

    private static double CosineDistance(double dot, double first, double second)
    {
        if (first == 0.0 || second == 0.0)
        {
            return first == second ? 0.0 : 1.0;
        }

        // Rounding can make the cosine exceed 1, and a negative distance would become the row's rho.
        return Math.Max(0.0, 1.0 - (dot / Math.Sqrt(first * second)));
    }

    private void Measure(int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            ReadOnlySpan<float> values = _rows.Row(row);
            double square = FixedOrder.Dot(values, values);
            _squaredNorms[row] = square;
            bool euclidean = _metric == DistanceMetric.Euclidean;
            Scales[row] = euclidean ? 1f : square > 0.0 ? (float)(1.0 / Math.Sqrt(square)) : 0f;
            Offsets[row] = euclidean ? (float)(0.5 * square) : 0f;
        }
    }
}
