using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Counter-based random numbers: each draw is a pure function of a key and a counter. There is no generator state, so
/// threads draw in any order and get the same numbers.
/// </summary>
internal static class CounterRandom
{
    /// <summary>Odd constant near 2^32 divided by the golden ratio; maps consecutive counters to distant values.</summary>
    private const uint Step = 0x9E3779B9;

    /// <summary>Combines up to three numbers into a 64-bit key; applies the SplitMix64 finalizer after each number.</summary>
    public static ulong Key(long seed, long first, long second = 0) =>
        Mix(Mix(Mix((ulong)seed) + (ulong)first) + (ulong)second);

    /// <summary>Returns a uniform number in [0, 1) with 53 random bits.</summary>
    public static double Uniform(ulong key, long counter) => (Mix(key + (ulong)counter) >> 11) * (1.0 / (1L << 53));

    /// <summary>Returns a uniform integer in [0, bound).</summary>
    public static int Below(int bound, ulong key, long counter) => (int)Math.BigMul(Mix(key + (ulong)counter), (ulong)bound, out _);

    /// <summary>Returns two independent standard normal numbers (Box–Muller transform).</summary>
    public static (double First, double Second) Normal(ulong key, long counter)
    {
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - Uniform(key, 2 * counter)));
        (double sine, double cosine) = Math.SinCos(2.0 * Math.PI * Uniform(key, (2 * counter) + 1));
        return (radius * cosine, radius * sine);
    }

    /// <summary>
    /// Returns eight uniform integers in [0, bound) for the counters <paramref name="counter"/> …
    /// <paramref name="counter"/> + 7; bound is at most 2^24.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> EightBelow(int bound, ulong key, uint counter) =>
        EightBelow(bound, key, Vector256<uint>.Indices + Vector256.Create(counter));

    /// <summary>
    /// Returns eight uniform integers in [0, bound), one for each counter; bound is at most 2^24. The mixing function is
    /// the 32-bit finalizer of C. Wellons' hash prospector (multipliers 7FEB352D and 846CA68B).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> EightBelow(int bound, ulong key, Vector256<uint> counters)
    {
        Vector256<uint> x = counters * Vector256.Create(Step);
        x += Vector256.Create((uint)key);
        x ^= Vector256.ShiftRightLogical(x, 16);
        x *= Vector256.Create(0x7FEB352Du);
        x ^= Vector256.ShiftRightLogical(x, 15) ^ Vector256.Create((uint)(key >> 32));
        x *= Vector256.Create(0x846CA68Bu);
        x ^= Vector256.ShiftRightLogical(x, 16);

        // 24 bits are exact in a float. The product is truncated, then clamped because rounding can raise it to the bound.
        var fraction = Vector256.ConvertToSingle(Vector256.ShiftRightLogical(x, 8).AsInt32());
        var index = Vector256.ConvertToInt32Native(Vector256.Floor(fraction * Vector256.Create(bound * (1f / (1 << 24)))));
        return Vector256.Min(index, Vector256.Create(bound - 1));
    }

    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
