using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TopicGrpc.Engine.Numerics;

/// <summary>The range of an option. NaN and infinity are in no range.</summary>
internal static class OptionRange
{
    /// <summary>Throws if an option is outside its range, both ends included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option and the range.</exception>
    public static void Require<T>(T value, T min, T max, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T>
    {
        if (!(value >= min && value <= max))
        {
            throw OutOfRange(value, $"{min} to {max}", name);
        }
    }

    /// <summary>Throws if an option is not above 0 and at most <paramref name="max"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option and the range.</exception>
    public static void RequirePositive(double value, double max, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && value <= max))
        {
            throw OutOfRange(value, $"above 0, up to {max}", name);
        }
    }

    private static ArgumentOutOfRangeException OutOfRange(object value, FormattableString range, string name) =>
        new(name, value, $"{name} must be {range.ToString(CultureInfo.InvariantCulture)}.");
}
