using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Twice the coordinates of <typeparamref name="T"/>; nested pairs support any width.</summary>
/// <typeparam name="T">Type of one half.</typeparam>
internal readonly struct PointPair<T>(T low, T high) : IPoint<PointPair<T>>
    where T : struct, IPoint<T>
{
    private readonly T _low = low;
    private readonly T _high = high;

    public static int Stride => 2 * T.Stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointPair<T> Load(ref float origin, nuint offset) =>
        new(T.Load(ref origin, offset), T.Load(ref origin, offset + (nuint)T.Stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointPair<T> Subtract(PointPair<T> left, PointPair<T> right) =>
        new(T.Subtract(left._low, right._low), T.Subtract(left._high, right._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointPair<T> Move(PointPair<T> point, PointPair<T> direction, float factor, float rate) =>
        new(T.Move(point._low, direction._low, factor, rate), T.Move(point._high, direction._high, factor, rate));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointPair<T> AddScaled(PointPair<T> point, PointPair<T> direction, float factor) =>
        new(T.AddScaled(point._low, direction._low, factor), T.AddScaled(point._high, direction._high, factor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Squares(PointPair<T> point) => T.Squares(point._low) + T.Squares(point._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float origin, nuint offset)
    {
        _low.Store(ref origin, offset);
        _high.Store(ref origin, offset + (nuint)T.Stride);
    }
}
