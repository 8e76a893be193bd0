using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// The pull of neighbors and the push of random documents on one position (McInnes, Healy, Melville 2018, section 3.2).
/// Pulls follow one another, each from where the one before left the position: near a neighbor the coefficient is large,
/// and a stale one would overshoot. Pushes are weak and rare to meet, so eight are taken at one position and added up.
/// </summary>
internal readonly struct LayoutForces(double a, double b, double repulsion)
{
    /// <summary>Random documents handled together.</summary>
    public const int Group = 8;

    /// <summary>Keeps the push finite next to a document (umap-learn's constant).</summary>
    private const float PushSoftening = 0.001f;

    private readonly Vector256<float> _a = Vector256.Create((float)a);
    private readonly Vector256<float> _b = Vector256.Create((float)b);
    private readonly PullTable _pulls = new(a, b);
    private readonly Vector256<float> _push = Vector256.Create((float)(2.0 * repulsion * b));

    /// <summary>Moves a position towards one neighbor.</summary>
    /// <param name="point">The position.</param>
    /// <param name="neighbor">The neighbor's position.</param>
    /// <param name="rate">Step size.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPoint Pull<TPoint>(TPoint point, TPoint neighbor, Vector256<float> rate)
        where TPoint : struct, IPoint<TPoint>
    {
        var difference = TPoint.Subtract(point, neighbor);
        float factor = _pulls.At(Vector256.Sum(TPoint.Squares(difference)));
        return TPoint.Move(point, difference, Vector256.Create(factor), rate);
    }

    /// <summary>Moves both ends of an edge towards each other by the same amount.</summary>
    /// <param name="first">One end.</param>
    /// <param name="second">The other.</param>
    /// <param name="rate">Step size.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PullBoth<TPoint>(ref TPoint first, ref TPoint second, Vector256<float> rate)
        where TPoint : struct, IPoint<TPoint>
    {
        var difference = TPoint.Subtract(first, second);
        var factor = Vector256.Create(_pulls.At(Vector256.Sum(TPoint.Squares(difference))));
        first = TPoint.Move(first, difference, factor, rate);
        second = TPoint.Move(second, difference, factor, -rate);
    }

    /// <summary>Moves a position away from up to eight random documents.</summary>
    /// <param name="point">The position.</param>
    /// <param name="positions">All positions.</param>
    /// <param name="offsets">Where the documents' positions start: eight places, those beyond <paramref name="count"/> valid but not used.</param>
    /// <param name="count">Documents.</param>
    /// <param name="skipped">All bits set in the lanes of documents that must not push.</param>
    /// <param name="rate">Step size.</param>
    /// <param name="factors">Room for eight numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPoint Push<TPoint>(TPoint point, ref float positions, ReadOnlySpan<int> offsets, int count, Vector256<float> skipped, Vector256<float> rate, Span<float> factors)
        where TPoint : struct, IPoint<TPoint>
    {
        Vector256<float> square = SquaredDistances(point, ref positions, offsets);
        Vector256<float> power = FastPower.Raise(square, _b);
        Vector256<float> push = _push / ((square + Vector256.Create(PushSoftening)) * ((_a * power) + Vector256<float>.One));
        Vector256.AndNot(push, skipped).CopyTo(factors);
        TPoint from = point;
        for (int i = 0; i < count; i++)
        {
            TPoint difference = TPoint.Subtract(from, TPoint.Load(ref positions, (nuint)offsets[i]));
            point = TPoint.Move(point, difference, Vector256.Create(factors[i]), rate);
        }

        return point;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> SquaredDistances<TPoint>(TPoint point, ref float positions, ReadOnlySpan<int> offsets)
        where TPoint : struct, IPoint<TPoint>
    {
        Vector256<float> s0 = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref positions, (nuint)offsets[0])));
        Vector256<float> s1 = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref positions, (nuint)offsets[1])));
        Vector256<float> s2 = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref positions, (nuint)offsets[2])));
        Vector256<float> s3 = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref positions, (nuint)offsets[3])));
        Vector256<float> s4 = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref positions, (nuint)offsets[4])));
        Vector256<float> s5 = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref positions, (nuint)offsets[5])));
        Vector256<float> s6 = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref positions, (nuint)offsets[6])));
        Vector256<float> s7 = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref positions, (nuint)offsets[7])));
        if (!Avx.IsSupported)
        {
            return Vector256.Create(
                Vector256.Sum(s0), Vector256.Sum(s1), Vector256.Sum(s2), Vector256.Sum(s3), Vector256.Sum(s4), Vector256.Sum(s5), Vector256.Sum(s6), Vector256.Sum(s7));
        }

        // Seven pairwise additions give all eight sums, a lane each.
        Vector256<float> first = Avx.HorizontalAdd(Avx.HorizontalAdd(s0, s1), Avx.HorizontalAdd(s2, s3));
        Vector256<float> second = Avx.HorizontalAdd(Avx.HorizontalAdd(s4, s5), Avx.HorizontalAdd(s6, s7));
        return Vector256.Create(first.GetLower() + first.GetUpper(), second.GetLower() + second.GetUpper());
    }
}
