using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Layout;

/// <summary>A position of the layout held in registers, padded with zeros to whole vectors; the loops are compiled for each width.</summary>
/// <typeparam name="T">The type itself.</typeparam>
internal interface IPoint<T>
    where T : struct, IPoint<T>
{
    /// <summary>Numbers a position takes up in memory.</summary>
    static abstract int Stride { get; }

    static abstract T Load(ref float origin, nuint offset);

    static abstract T Subtract(T left, T right);

    /// <summary>point + rate·clamp(factor·direction, ±4).</summary>
    static abstract T Move(T point, T direction, float factor, float rate);

    /// <summary>point + factor·direction.</summary>
    static abstract T AddScaled(T point, T direction, float factor);

    /// <summary>Eight partial sums of squares.</summary>
    static abstract Vector256<float> Squares(T point);

    void Store(ref float origin, nuint offset);
}
