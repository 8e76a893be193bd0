using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Random numbers as a pure function of a key and a counter. Nothing is carried from one draw to the next, so threads
/// may draw in any order and still see the same numbers.
/// </summary>
internal static class CounterRandom
{
    /// <summary>Odd constant near 2^32 divided by the golden ratio: spreads consecutive counters over the whole range.</summary>
    private const uint Step = 0x9E3779B9;

    /// <summary>Mixes up to three numbers into one 64-bit key (the finalizer of SplitMix64, applied after each).</summary>
    public static ulong Key(long seed, long first, long second = 0) =>
        Mix(Mix(Mix((ulong)seed) + (ulong)first) + (ulong)second);

    /// <summary>A uniform number in [0, 1) with 53 bits.</summary>
    public static double Uniform(ulong key, long counter) => (Mix(key + (ulong)counter) >> 11) * (1.0 / (1L << 53));

    /// <summary>A uniform integer in [0, bound).</summary>
    public static int Below(int bound, ulong key, long counter) => (int)Math.BigMul(Mix(key + (ulong)counter), (ulong)bound, out _);

    /// <summary>Two independent draws from the standard normal distribution, by the Box–Muller transform.</summary>
    public static (double First, double Second) Normal(ulong key, long counter)
    {
        double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - Uniform(key, 2 * counter)));
        (double sine, double cosine) = Math.SinCos(2.0 * Math.PI * Uniform(key, (2 * counter) + 1));
        return (radius * cosine, radius * sine);
    }

    /// <summary>Eight uniform integers in [0, bound) for the counters <paramref name="counter"/> … + 7; bound at most 2^24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> EightBelow(int bound, ulong key, uint counter) =>
        EightBelow(bound, key, Vector256<uint>.Indices + Vector256.Create(counter));

    /// <summary>
    /// Eight uniform integers in [0, bound), one for each counter; bound at most 2^24.
    /// The mixing is the 32-bit finalizer of C. Wellons' hash prospector (multipliers 7FEB352D, 846CA68B).
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

        // 24 random bits are exact in a float; the product is cut, and capped because rounding may lift it to the bound.
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
