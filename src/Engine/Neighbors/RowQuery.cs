using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>Finds the nearest stored rows of one new row. Safe for any number of threads; scratch is kept per thread.</summary>
internal sealed class RowQuery
{
    private readonly Matrix _rows;
    private readonly RowGeometry _geometry;
    private readonly int _count;

    [ThreadStatic]
    private static RankedRows? t_nearest;

    public RowQuery(Matrix rows, DistanceMetric metric, int count)
    {
        _rows = rows;
        _geometry = new RowGeometry(rows, metric, 1, CancellationToken.None);
        _count = count;
    }

    /// <summary>The nearest rows; the list is valid until the thread's next query.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public RankedRows Find(ReadOnlySpan<float> row)
    {
        double square = FixedOrder.Dot(row, row);
        if (!double.IsFinite(square))
        {
            throw new ArgumentException("The row holds a value that is not a finite number.", nameof(row));
        }

        RankedRows nearest = t_nearest ??= new RankedRows(_count);
        nearest.Reset(_count);
        for (int other = 0; other < _rows.Rows; other++)
        {
            nearest.Offer(_geometry.Distance(row, square, other), other);
        }

        return nearest;
    }
}
