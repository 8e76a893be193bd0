using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Squared Euclidean distances from one point to blocks of eight points. A block holds d × 8 values, dimension outermost.
/// Every code path multiplies, then adds, without fused multiply-add and in the order of the dimensions, so all vector
/// widths return the same bits as the scalar loop.
/// </summary>
internal static class LaneDistances
{
    public const int Lanes = 8;

    /// <summary>
    /// Computes the distances to the eight points of a block. Returns a bit mask of the lanes at distance
    /// <paramref name="bound"/> or less; writes <paramref name="distances"/> only if the mask is not zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Within(ReadOnlySpan<double> block, ReadOnlySpan<double> point, double bound, Span<double> distances)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Within512(block, point, bound, distances);
        }

        return Vector256.IsHardwareAccelerated
            ? Within256(block, point, bound, distances)
            : WithinScalar(block, point, bound, distances);
    }

    /// <summary>Returns the smallest squared distance from a point to the points of one or more blocks.</summary>
    public static double Minimum(ReadOnlySpan<double> blocks, ReadOnlySpan<double> point)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return Minimum512(blocks, point);
        }

        return Vector256.IsHardwareAccelerated ? Minimum256(blocks, point) : MinimumScalar(blocks, point);
    }

    internal static uint Within512(ReadOnlySpan<double> block, ReadOnlySpan<double> point, double bound, Span<double> distances)
    {
        Vector512<double> sum = Sum512(MemoryMarshal.Cast<double, Vector512<double>>(block), point);
        ulong bits = Vector512.LessThanOrEqual(sum, Vector512.Create(bound)).ExtractMostSignificantBits();
        if (bits != 0)
        {
            sum.CopyTo(distances);
        }

        return (uint)bits;
    }

    internal static uint Within256(ReadOnlySpan<double> block, ReadOnlySpan<double> point, double bound, Span<double> distances)
    {
        (Vector256<double> low, Vector256<double> high) = Sum256(MemoryMarshal.Cast<double, Vector256<double>>(block), point);
        var limit = Vector256.Create(bound);
        uint bits = Vector256.LessThanOrEqual(low, limit).ExtractMostSignificantBits()
            | (Vector256.LessThanOrEqual(high, limit).ExtractMostSignificantBits() << 4);
        if (bits != 0)
        {
            low.CopyTo(distances);
            high.CopyTo(distances[4..]);
        }

        return bits;
    }

    internal static uint WithinScalar(ReadOnlySpan<double> block, ReadOnlySpan<double> point, double bound, Span<double> distances)
    {
        uint bits = 0;
        for (int lane = 0; lane < Lanes; lane++)
        {
            double sum = SumScalar(block, point, lane);
            distances[lane] = sum;
            bits |= sum <= bound ? 1u << lane : 0u;
        }

        return bits;
    }

    internal static double Minimum512(ReadOnlySpan<double> blocks, ReadOnlySpan<double> point)
    {
        ReadOnlySpan<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(blocks);
        var least = Vector512.Create(double.PositiveInfinity);
        while (vectors.Length > 0)
        {
            least = Vector512.MinNative(least, Sum512(vectors[..point.Length], point));
            vectors = vectors[point.Length..];
        }

        var half = Vector256.MinNative(least.GetLower(), least.GetUpper());
        return LeastOf(half);
    }

    internal static double Minimum256(ReadOnlySpan<double> blocks, ReadOnlySpan<double> point)
    {
        ReadOnlySpan<Vector256<double>> vectors = MemoryMarshal.Cast<double, Vector256<double>>(blocks);
        var least = Vector256.Create(double.PositiveInfinity);
        while (vectors.Length > 0)
        {
            (Vector256<double> low, Vector256<double> high) = Sum256(vectors[..(2 * point.Length)], point);
            least = Vector256.MinNative(least, Vector256.MinNative(low, high));
            vectors = vectors[(2 * point.Length)..];
        }

        return LeastOf(least);
    }

    internal static double MinimumScalar(ReadOnlySpan<double> blocks, ReadOnlySpan<double> point)
    {
        double least = double.PositiveInfinity;
        for (int start = 0; start < blocks.Length; start += Lanes * point.Length)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                least = Math.Min(least, SumScalar(blocks.Slice(start, Lanes * point.Length), point, lane));
            }
        }

        return least;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Sum512(ReadOnlySpan<Vector512<double>> block, ReadOnlySpan<double> point)
    {
        var sum = Vector512<double>.Zero;
        for (int k = 0; k < point.Length && k < block.Length; k++)
        {
            Vector512<double> difference = block[k] - Vector512.Create(point[k]);
            sum += difference * difference;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Low, Vector256<double> High) Sum256(
        ReadOnlySpan<Vector256<double>> block,
        ReadOnlySpan<double> point)
    {
        var low = Vector256<double>.Zero;
        var high = Vector256<double>.Zero;
        for (int k = 0; k < point.Length; k++)
        {
            var value = Vector256.Create(point[k]);
            Vector256<double> first = block[2 * k] - value;
            Vector256<double> second = block[(2 * k) + 1] - value;
            low += first * first;
            high += second * second;
        }

        return (low, high);
    }

    private static double SumScalar(ReadOnlySpan<double> block, ReadOnlySpan<double> point, int lane)
    {
        double sum = 0;
        for (int k = 0; k < point.Length; k++)
        {
            double difference = block[(k * Lanes) + lane] - point[k];
            sum += difference * difference;
        }

        return sum;
    }

    private static double LeastOf(Vector256<double> values)
    {
        var pair = Vector128.MinNative(values.GetLower(), values.GetUpper());
        return Math.Min(pair[0], pair[1]);
    }
}
