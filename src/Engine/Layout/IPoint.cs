using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// A position of the layout in vector registers, zero-padded to whole vectors. The layout loops are compiled once for each
/// width.
/// </summary>
/// <typeparam name="T">The implementing type.</typeparam>
internal interface IPoint<T>
    where T : struct, IPoint<T>
{
    /// <summary>Floats per position in memory.</summary>
    static abstract int Stride { get; }

    static abstract T Load(ref float origin, nuint offset);

    static abstract T Subtract(T left, T right);

    /// <summary>Returns point + rate·clamp(factor·direction, ±4).</summary>
    static abstract T Move(T point, T direction, float factor, float rate);

    /// <summary>Returns point + factor·direction.</summary>
    static abstract T AddScaled(T point, T direction, float factor);

    /// <summary>Returns eight partial sums of the squared coordinates.</summary>
    static abstract Vector256<float> Squares(T point);

    void Store(ref float origin, nuint offset);
}
