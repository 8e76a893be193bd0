using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Up to 16 coordinates in one 512-bit register; returns the same bits as a pair of <see cref="Point8"/>.</summary>
internal readonly struct Point16(Vector512<float> value) : IPoint<Point16>
{
    private readonly Vector512<float> _value = value;

    public static int Stride => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point16 Load(ref float origin, nuint offset) => new(Vector512.LoadUnsafe(ref origin, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point16 Subtract(Point16 left, Point16 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point16 Move(Point16 point, Point16 direction, float factor, float rate)
    {
        Vector512<float> move = Vector512.Create(factor) * direction._value;
        move = Vector512.MinNative(Vector512.MaxNative(move, Vector512.Create(-4f)), Vector512.Create(4f));
        return new(Vector512.MultiplyAddEstimate(move, Vector512.Create(rate), point._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point16 AddScaled(Point16 point, Point16 direction, float factor) =>
        new(Vector512.MultiplyAddEstimate(Vector512.Create(factor), direction._value, point._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Squares(Point16 point)
    {
        Vector512<float> squares = point._value * point._value;
        return squares.GetLower() + squares.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float origin, nuint offset) => _value.StoreUnsafe(ref origin, offset);
}
