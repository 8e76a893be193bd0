using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Vectorized powers of positive single-precision numbers, x^y = 2^(y·log2 x), from two short polynomials. The relative
/// error is below 2e-5, well under the noise of stochastic gradient descent.
/// </summary>
internal static class FastPower
{
    // Polynomial for log2(1 + f) / f on [-1/3, 1/3], interpolated at the Chebyshev nodes; error 4.8e-6.
    private const float Log0 = 1.4427051505f;
    private const float Log1 = -0.7213564005f;
    private const float Log2 = 0.4792685085f;
    private const float Log3 = -0.3592423302f;
    private const float Log4 = 0.3265688982f;
    private const float Log5 = -0.2738234007f;

    // Polynomial for 2^f on [-1/2, 1/2]; error 3.5e-6.
    private const float Exp0 = 1f;
    private const float Exp1 = 0.6931210452f;
    private const float Exp2 = 0.2402234904f;
    private const float Exp3 = 0.0559219758f;
    private const float Exp4 = 0.0096663685f;

    /// <summary>Bits of 2/3. The mantissa is reduced to [2/3, 4/3), which is centered on the expansion point 1.</summary>
    private const int TwoThirds = 0x3F2AAAAB;

    private const int MantissaBits = 23;
    private const int ExponentBias = 127;

    /// <summary>Exponent range of normal numbers. Results outside it saturate.</summary>
    private const float LowestExponent = -126f;
    private const float HighestExponent = 127f;

    /// <summary>
    /// Raises each element of <paramref name="x"/> (positive, normal) to the power <paramref name="y"/>, eight at a time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Raise(Vector256<float> x, Vector256<float> y)
    {
        Vector256<int> bits = x.AsInt32();
        var exponent = Vector256.ShiftRightArithmetic(bits - Vector256.Create(TwoThirds), MantissaBits);
        Vector256<float> f = (bits - Vector256.ShiftLeft(exponent, MantissaBits)).AsSingle() - Vector256.Create(1f);
        var log = Vector256.Create(Log5);
        log = Vector256.MultiplyAddEstimate(log, f, Vector256.Create(Log4));
        log = Vector256.MultiplyAddEstimate(log, f, Vector256.Create(Log3));
        log = Vector256.MultiplyAddEstimate(log, f, Vector256.Create(Log2));
        log = Vector256.MultiplyAddEstimate(log, f, Vector256.Create(Log1));
        log = Vector256.MultiplyAddEstimate(log, f, Vector256.Create(Log0));
        log = Vector256.MultiplyAddEstimate(log, f, Vector256.ConvertToSingle(exponent));

        Vector256<float> power = log * y;
        power = Vector256.Min(Vector256.Max(power, Vector256.Create(LowestExponent)), Vector256.Create(HighestExponent));
        var whole = Vector256.Round(power);
        f = power - whole;
        var value = Vector256.Create(Exp4);
        value = Vector256.MultiplyAddEstimate(value, f, Vector256.Create(Exp3));
        value = Vector256.MultiplyAddEstimate(value, f, Vector256.Create(Exp2));
        value = Vector256.MultiplyAddEstimate(value, f, Vector256.Create(Exp1));
        value = Vector256.MultiplyAddEstimate(value, f, Vector256.Create(Exp0));
        var scale = Vector256.ShiftLeft(Vector256.ConvertToInt32Native(whole) + Vector256.Create(ExponentBias), MantissaBits);
        return value * scale.AsSingle();
    }

    /// <summary>Raises sixteen elements at a time; returns the same bits as the 256-bit overload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Raise(Vector512<float> x, Vector512<float> y)
    {
        Vector512<int> bits = x.AsInt32();
        var exponent = Vector512.ShiftRightArithmetic(bits - Vector512.Create(TwoThirds), MantissaBits);
        Vector512<float> f = (bits - Vector512.ShiftLeft(exponent, MantissaBits)).AsSingle() - Vector512.Create(1f);
        var log = Vector512.Create(Log5);
        log = Vector512.MultiplyAddEstimate(log, f, Vector512.Create(Log4));
        log = Vector512.MultiplyAddEstimate(log, f, Vector512.Create(Log3));
        log = Vector512.MultiplyAddEstimate(log, f, Vector512.Create(Log2));
        log = Vector512.MultiplyAddEstimate(log, f, Vector512.Create(Log1));
        log = Vector512.MultiplyAddEstimate(log, f, Vector512.Create(Log0));
        log = Vector512.MultiplyAddEstimate(log, f, Vector512.ConvertToSingle(exponent));

        Vector512<float> power = log * y;
        power = Vector512.Min(Vector512.Max(power, Vector512.Create(LowestExponent)), Vector512.Create(HighestExponent));
        var whole = Vector512.Round(power);
        f = power - whole;
        var value = Vector512.Create(Exp4);
        value = Vector512.MultiplyAddEstimate(value, f, Vector512.Create(Exp3));
        value = Vector512.MultiplyAddEstimate(value, f, Vector512.Create(Exp2));
        value = Vector512.MultiplyAddEstimate(value, f, Vector512.Create(Exp1));
        value = Vector512.MultiplyAddEstimate(value, f, Vector512.Create(Exp0));
        var scale = Vector512.ShiftLeft(Vector512.ConvertToInt32Native(whole) + Vector512.Create(ExponentBias), MantissaBits);
        return value * scale.AsSingle();
    }
}
