using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Sums in double precision in a fixed order: eight interleaved partial sums, then a tree. The result has the same bits on
/// every machine. The product of two single-precision numbers is exact in double precision, so fused and unfused
/// multiply-add agree.
/// </summary>
internal static class FixedOrder
{
    private const int Lanes = 8;

    /// <summary>Returns the dot product x·y. The lengths must be equal.</summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        Vector256<double> low = Vector256<double>.Zero;
        Vector256<double> high = Vector256<double>.Zero;
        ref float left = ref MemoryMarshal.GetReference(x);
        ref float right = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.LoadUnsafe(ref left, (nuint)i));
            (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(Vector256.LoadUnsafe(ref right, (nuint)i));
            low += x0 * y0;
            high += x1 * y1;
        }

        double tail = 0.0;
        for (; i < x.Length; i++)
        {
            tail += (double)x[i] * y[i];
        }

        return Tree(low, high) + tail;
    }

    /// <summary>Returns the squared Euclidean distance |x − y|². The lengths must be equal.</summary>
    public static double SquaredDistance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(y.Length, x.Length);
        Vector256<double> low = Vector256<double>.Zero;
        Vector256<double> high = Vector256<double>.Zero;
        ref float left = ref MemoryMarshal.GetReference(x);
        ref float right = ref MemoryMarshal.GetReference(y);
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            (Vector256<double> x0, Vector256<double> x1) = Vector256.Widen(Vector256.LoadUnsafe(ref left, (nuint)i));
            (Vector256<double> y0, Vector256<double> y1) = Vector256.Widen(Vector256.LoadUnsafe(ref right, (nuint)i));
            x0 -= y0;
            x1 -= y1;
            low += x0 * x0;
            high += x1 * x1;
        }

        double tail = 0.0;
        for (; i < x.Length; i++)
        {
            double difference = (double)x[i] - y[i];
            tail += difference * difference;
        }

        return Tree(low, high) + tail;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Tree(Vector256<double> low, Vector256<double> high)
    {
        Vector256<double> four = low + high;
        return four[0] + four[2] + (four[1] + four[3]);
    }
}
