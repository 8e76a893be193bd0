using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// What the search needs to know of each row beside its values. A pair (i, j) is scored as
/// <c>(s_i x_i)·(s_j x_j) − h_j</c> for row i, a quantity that falls as the distance grows: for cosine s is the inverse
/// norm and h is 0; for Euclidean s is 1 and h is half the squared norm.
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
        int refused = Array.FindIndex(_squaredNorms, square => !double.IsFinite(square));
        if (refused >= 0)
        {
            throw new ArgumentException($"Row {refused} holds a value that is not a finite number.", nameof(rows));
        }
    }

    /// <summary>Factor of each row; 0 for a row of zeros under cosine.</summary>
    public float[] Scales { get; }

    /// <summary>Subtracted from the product to score a row as somebody's neighbor.</summary>
    public float[] Offsets { get; }

    /// <summary>Squared length of a row times its factor.</summary>
    public double ScaledSquare(int row) => (double)Scales[row] * Scales[row] * _squaredNorms[row];

    /// <summary>The distance in double precision and fixed order: the same bits on every machine, exactly 0 for equal rows.</summary>
    public double Distance(int first, int second) => Distance(_rows.Row(first), _squaredNorms[first], second);

    /// <summary>Distance of a new row, whose squared norm is given, to a row of the table.</summary>
    public double Distance(ReadOnlySpan<float> row, double squaredNorm, int other) => _metric == DistanceMetric.Euclidean
        ? Math.Sqrt(FixedOrder.SquaredDistance(row, _rows.Row(other)))
        : CosineDistance(FixedOrder.Dot(row, _rows.Row(other)), squaredNorm, _squaredNorms[other]);

    private static double CosineDistance(double dot, double first, double second)
    {
        if (first == 0.0 || second == 0.0)
        {
            return first == second ? 0.0 : 1.0;
        }

        // Rounding can push the quotient above 1; a negative distance would become the local scale of its row.
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
