using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Up to 8 coordinates in one 256-bit register.</summary>
internal readonly struct Point8(Vector256<float> value) : IPoint<Point8>
{
    private readonly Vector256<float> _value = value;

    public static int Stride => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point8 Load(ref float origin, nuint offset) => new(Vector256.LoadUnsafe(ref origin, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point8 Subtract(Point8 left, Point8 right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point8 Move(Point8 point, Point8 direction, float factor, float rate)
    {
        Vector256<float> move = Vector256.Create(factor) * direction._value;
        move = Vector256.MinNative(Vector256.MaxNative(move, Vector256.Create(-4f)), Vector256.Create(4f));
        return new(Vector256.MultiplyAddEstimate(move, Vector256.Create(rate), point._value));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point8 AddScaled(Point8 point, Point8 direction, float factor) =>
        new(Vector256.MultiplyAddEstimate(Vector256.Create(factor), direction._value, point._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Squares(Point8 point) => point._value * point._value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float origin, nuint offset) => _value.StoreUnsafe(ref origin, offset);
}
