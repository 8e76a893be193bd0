using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Points of a map in 16 bits per coordinate: 0 to 65,535 from the least to the largest value of the axis.</summary>
public sealed class QuantizedMap
{
    private const int Steps = ushort.MaxValue;

    private readonly ushort[] _coordinates;

    private QuantizedMap((float Low, float High) x, (float Low, float High) y, ushort[] coordinates)
    {
        X = x;
        Y = y;
        _coordinates = coordinates;
    }

    /// <summary>Range of the first coordinate; both ends are 0 without points.</summary>
    public (float Low, float High) X { get; }

    /// <summary>Range of the second coordinate.</summary>
    public (float Low, float High) Y { get; }

    /// <summary>Number of points.</summary>
    public int Count => _coordinates.Length / 2;

    /// <summary>Coordinates of all points: x and y of the first point, then of the second one.</summary>
    public ReadOnlySpan<ushort> Coordinates => _coordinates;

    /// <summary>Quantizes points, each to the nearest step.</summary>
    /// <param name="points">n × 2 finite coordinates.</param>
    /// <returns>The map.</returns>
    /// <exception cref="ArgumentException">The matrix does not have two columns.</exception>
    public static QuantizedMap Of(Matrix points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Columns != 2)
        {
            throw new ArgumentException($"The points have {points.Columns} coordinates; a map has 2.", nameof(points));
        }

        (float Low, float High) x = Range(points, 0);
        (float Low, float High) y = Range(points, 1);
        ushort[] coordinates = new ushort[checked(2 * points.Rows)];
        for (int row = 0; row < points.Rows; row++)
        {
            ReadOnlySpan<float> point = points.Row(row);
            coordinates[2 * row] = Step(point[0], x);
            coordinates[(2 * row) + 1] = Step(point[1], y);
        }

        return new QuantizedMap(x, y, coordinates);
    }

    private static (float Low, float High) Range(Matrix points, int axis)
    {
        if (points.Rows == 0)
        {
            return (0, 0);
        }

        float low = float.PositiveInfinity;
        float high = float.NegativeInfinity;
        for (int row = 0; row < points.Rows; row++)
        {
            low = Math.Min(low, points.Row(row)[axis]);
            high = Math.Max(high, points.Row(row)[axis]);
        }

        return (low, high);
    }

    private static ushort Step(float value, (float Low, float High) range)
    {
        double width = (double)range.High - range.Low;
        return width > 0 ? (ushort)Math.Clamp(Math.Round(((double)value - range.Low) / width * Steps), 0, Steps) : (ushort)0;
    }
}
