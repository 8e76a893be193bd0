using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Attractive and repulsive forces on a position (McInnes, Healy and Melville 2018, section 3.2). Attractions are applied
/// one by one, each from the current position: their coefficients are large near a neighbor, and a stale one would
/// overshoot. Repulsions are weak, so sixteen coefficients are computed at once.
/// </summary>
internal readonly struct LayoutForces(double a, double b, double repulsion)
{
    /// <summary>Number of repulsions whose coefficients are computed together.</summary>
    public const int Group = 16;

    /// <summary>Keeps the repulsion finite at distance 0 (umap-learn's constant).</summary>
    private const float PushSoftening = 0.001f;

    private readonly float _a = (float)a;
    private readonly float _b = (float)b;
    private readonly PullTable _pulls = new(a, b);
    private readonly float _push = (float)(2.0 * repulsion * b);

    /// <summary>Moves a position toward a neighbor.</summary>
    /// <param name="point">Position to move.</param>
    /// <param name="neighbor">Position of the neighbor.</param>
    /// <param name="rate">Learning rate of the epoch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPoint Pull<TPoint>(TPoint point, TPoint neighbor, float rate)
        where TPoint : struct, IPoint<TPoint>
    {
        var difference = TPoint.Subtract(point, neighbor);
        return TPoint.Move(point, difference, _pulls.At(Vector256.Sum(TPoint.Squares(difference))), rate);
    }

    /// <summary>Moves both ends of an edge toward each other by the same amount.</summary>
    /// <param name="first">One end.</param>
    /// <param name="second">The other end.</param>
    /// <param name="rate">Learning rate of the epoch.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PullBoth<TPoint>(ref TPoint first, ref TPoint second, float rate)
        where TPoint : struct, IPoint<TPoint>
    {
        var difference = TPoint.Subtract(first, second);
        float factor = _pulls.At(Vector256.Sum(TPoint.Squares(difference)));
        first = TPoint.Move(first, difference, factor, rate);
        second = TPoint.Move(second, difference, factor, -rate);
    }

    /// <summary>Computes the coefficients of sixteen repulsions.</summary>
    /// <param name="squares">Sixteen squared distances, each as eight partial sums.</param>
    /// <param name="factors">Receives sixteen coefficients.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pushes(ReadOnlySpan<Vector256<float>> squares, Span<float> factors)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Pushes(Vector512.Create(Sums(squares), Sums(squares[8..]))).CopyTo(factors);
        }
        else
        {
            Pushes(Sums(squares)).CopyTo(factors);
            Pushes(Sums(squares[8..])).CopyTo(factors[8..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Pushes(Vector512<float> square)
    {
        Vector512<float> power = FastPower.Raise(square, Vector512.Create(_b));
        return Vector512.Create(_push)
            / ((square + Vector512.Create(PushSoftening)) * ((Vector512.Create(_a) * power) + Vector512<float>.One));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Pushes(Vector256<float> square)
    {
        Vector256<float> power = FastPower.Raise(square, Vector256.Create(_b));
        return Vector256.Create(_push)
            / ((square + Vector256.Create(PushSoftening)) * ((Vector256.Create(_a) * power) + Vector256<float>.One));
    }

    /// <summary>Sums each of eight vectors into one lane of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Sums(ReadOnlySpan<Vector256<float>> partial)
    {
        ReadOnlySpan<Vector256<float>> s = partial[..8];
        if (!Avx.IsSupported)
        {
            return Vector256.Create(
                Vector256.Sum(s[0]),
                Vector256.Sum(s[1]),
                Vector256.Sum(s[2]),
                Vector256.Sum(s[3]),
                Vector256.Sum(s[4]),
                Vector256.Sum(s[5]),
                Vector256.Sum(s[6]),
                Vector256.Sum(s[7]));
        }

        // Seven horizontal and vertical additions produce all eight sums.
        Vector256<float> first = Avx.HorizontalAdd(Avx.HorizontalAdd(s[0], s[1]), Avx.HorizontalAdd(s[2], s[3]));
        Vector256<float> second = Avx.HorizontalAdd(Avx.HorizontalAdd(s[4], s[5]), Avx.HorizontalAdd(s[6], s[7]));
        return Vector256.Create(first.GetLower() + first.GetUpper(), second.GetLower() + second.GetUpper());
    }
}
