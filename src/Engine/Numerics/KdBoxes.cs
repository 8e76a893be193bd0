using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Numerics;

/// <summary>Bounding boxes of the nodes of a k-d tree.</summary>
internal sealed class KdBoxes
{
    /// <summary>
    /// The distances to a box and to a point inside it are summed in different orders. Without the margin, a rounding error
    /// could prune the nearest point.
    /// </summary>
    private const double RoundingMargin = 1.0 - 1e-12;

    private readonly int _dimensions;
    private readonly double[] _lows;
    private readonly double[] _highs;

    public KdBoxes(int nodes, int dimensions)
    {
        _dimensions = dimensions;
        _lows = new double[checked(nodes * dimensions)];
        _highs = new double[checked(nodes * dimensions)];
    }

    /// <summary>Returns the lower corner of a node's box.</summary>
    public Span<double> Low(int node) => _lows.AsSpan(node * _dimensions, _dimensions);

    /// <summary>Returns the upper corner of a node's box.</summary>
    public Span<double> High(int node) => _highs.AsSpan(node * _dimensions, _dimensions);

    /// <summary>Returns a lower bound of the squared distance from the point to any point in the node's box.</summary>
    public double LowerBound(int node, ReadOnlySpan<double> point)
    {
        ReadOnlySpan<double> low = Low(node);
        ReadOnlySpan<double> high = High(node);
        return Vector256.IsHardwareAccelerated ? Bound256(low, high, point) : BoundScalar(low, high, point);
    }

    /// <summary>Returns a lower bound of the squared distance between any points in two boxes.</summary>
    public double LowerBound(int node, int other)
    {
        ReadOnlySpan<double> low = Low(node);
        ReadOnlySpan<double> high = High(node);
        ReadOnlySpan<double> otherLow = Low(other);
        ReadOnlySpan<double> otherHigh = High(other);
        double sum = 0;
        for (int k = 0; k < low.Length; k++)
        {
            double gap = Math.Max(Math.Max(low[k] - otherHigh[k], otherLow[k] - high[k]), 0);
            sum += gap * gap;
        }

        return sum * RoundingMargin;
    }

    internal static double Bound256(ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> point)
    {
        var sum = Vector256<double>.Zero;
        ReadOnlySpan<Vector256<double>> lows = MemoryMarshal.Cast<double, Vector256<double>>(low);
        ReadOnlySpan<Vector256<double>> highs = MemoryMarshal.Cast<double, Vector256<double>>(high);
        ReadOnlySpan<Vector256<double>> points = MemoryMarshal.Cast<double, Vector256<double>>(point);
        for (int k = 0; k < lows.Length && k < highs.Length && k < points.Length; k++)
        {
            var outside = Vector256.MaxNative(Vector256.MaxNative(lows[k] - points[k], points[k] - highs[k]), Vector256<double>.Zero);
            sum += outside * outside;
        }

        double rest = 0;
        for (int k = lows.Length * 4; k < point.Length; k++)
        {
            double outside = Math.Max(Math.Max(low[k] - point[k], point[k] - high[k]), 0);
            rest += outside * outside;
        }

        return (Vector256.Sum(sum) + rest) * RoundingMargin;
    }

    internal static double BoundScalar(ReadOnlySpan<double> low, ReadOnlySpan<double> high, ReadOnlySpan<double> point)
    {
        double sum = 0;
        for (int k = 0; k < point.Length; k++)
        {
            double outside = Math.Max(Math.Max(low[k] - point[k], point[k] - high[k]), 0);
            sum += outside * outside;
        }

        return sum * RoundingMargin;
    }
}
