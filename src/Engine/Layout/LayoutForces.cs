using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// The pull of neighbors and the push of random documents on one position (McInnes, Healy, Melville 2018, section 3.2),
/// eight at a time: the coefficients of a group are taken where the group starts. Its neighbors then move the position one
/// after another, each from where the one before left it; its pushes are added up.
/// </summary>
internal readonly struct LayoutForces(double a, double b, double repulsion)
{
    /// <summary>Neighbors or random documents handled together.</summary>
    public const int Group = 8;

    /// <summary>Keeps the pull's coefficient finite where two documents coincide; their difference, 0, makes the move 0.</summary>
    private const float SmallestSquare = 1e-30f;

    /// <summary>Keeps the push finite next to a document (umap-learn's constant).</summary>
    private const float PushSoftening = 0.001f;

    private readonly Vector256<float> _a = Vector256.Create((float)a);
    private readonly Vector256<float> _b = Vector256.Create((float)b);
    private readonly Vector256<float> _pull = Vector256.Create((float)(-2.0 * a * b));
    private readonly Vector256<float> _push = Vector256.Create((float)(2.0 * repulsion * b));

    /// <summary>Moves a position towards up to eight neighbors.</summary>
    /// <param name="point">The position.</param>
    /// <param name="positions">All positions.</param>
    /// <param name="offsets">Where the neighbors' positions start: eight places, those beyond <paramref name="count"/> valid but not used.</param>
    /// <param name="count">Neighbors.</param>
    /// <param name="rate">Step size.</param>
    /// <param name="factors">Room for eight numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPoint Pull<TPoint>(TPoint point, ref float positions, ReadOnlySpan<int> offsets, int count, Vector256<float> rate, Span<float> factors)
        where TPoint : struct, IPoint<TPoint>
    {
        var square = Vector256.Max(SquaredDistances(point, ref positions, offsets), Vector256.Create(SmallestSquare));
        Vector256<float> power = FastPower.Raise(square, _b);
        (_pull * power / (square * ((_a * power) + Vector256<float>.One))).CopyTo(factors);
        for (int i = 0; i < count; i++)
        {
            TPoint difference = TPoint.Subtract(point, TPoint.Load(ref positions, (nuint)offsets[i]));
            point = TPoint.Move(point, difference, Vector256.Create(factors[i]), rate);
        }

        return point;
    }

    /// <summary>Moves a position away from up to eight random documents.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TPoint Push<TPoint>(TPoint point, ref float positions, ReadOnlySpan<int> offsets, int count, Vector256<float> rate, Span<float> factors)
        where TPoint : struct, IPoint<TPoint>
    {
        Vector256<float> square = SquaredDistances(point, ref positions, offsets);
        Vector256<float> power = FastPower.Raise(square, _b);
        (_push / ((square + Vector256.Create(PushSoftening)) * ((_a * power) + Vector256<float>.One))).CopyTo(factors);
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
