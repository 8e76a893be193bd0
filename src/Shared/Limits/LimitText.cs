using System.Globalization;
using TopicGrpc.V1;

namespace TopicGrpc.Shared.Limits;

/// <summary>Limits in words, the same in errors and documentation.</summary>
public static class LimitText
{
    /// <summary>Returns the range of a number.</summary>
    /// <param name="limits">The limits of the field.</param>
    /// <returns>For example <c>2 to 200</c>, <c>1 or more</c> or <c>above 0, up to 1000</c>; empty without a range.</returns>
    public static string Range(FieldLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        string most = limits.HasMax ? Number(limits.Max) : string.Empty;
        if (limits.HasAbove)
        {
            return $"above {Number(limits.Above)}" + (limits.HasMax ? $", up to {most}" : string.Empty);
        }

        if (limits.HasMin)
        {
            return limits.HasMax ? $"{Number(limits.Min)} to {most}" : $"{Number(limits.Min)} or more";
        }

        return limits.HasMax ? $"at most {most}" : string.Empty;
    }

    /// <summary>Returns a number of bytes or elements.</summary>
    /// <param name="min">Fewest, 0 for no limit.</param>
    /// <param name="max">Most; null for no limit.</param>
    /// <param name="unit">What is counted.</param>
    /// <returns>For example <c>1 to 256 bytes</c>.</returns>
    public static string Count(uint min, uint? max, string unit) => (min, max) switch
    {
        (0, null) => string.Empty,
        (0, _) => $"at most {Number(max.Value)} {unit}",
        (_, null) => $"{Number(min)} or more {unit}",
        _ => $"{Number(min)} to {Number(max.Value)} {unit}",
    };

    /// <summary>Returns all limits of a field.</summary>
    /// <param name="limits">The limits of the field.</param>
    /// <returns>The limits, separated by semicolons; empty without any.</returns>
    public static string Describe(FieldLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        string[] parts =
        [
            Range(limits),
            string.Join(", ", limits.Values.Where(static value => value.Length > 0).Select(static value => $"`{value}`")),
            limits.Pattern.Length > 0 ? $"`{limits.Pattern}`" : string.Empty,
            Count(
                limits.HasMinItems ? limits.MinItems : 0,
                limits.HasMaxItems ? limits.MaxItems : null,
                limits.Unique ? "different elements" : "elements"),
            Count(limits.HasMinBytes ? limits.MinBytes : 0, limits.HasMaxBytes ? limits.MaxBytes : null, "bytes"),
            limits.NotBlank ? "not only white space" : string.Empty,
            limits.Items is null ? string.Empty : $"each {Describe(limits.Items)}",
        ];
        return string.Join("; ", parts.Where(static part => part.Length > 0));
    }

    /// <summary>Returns a number as limits show it.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The number with digit groups and without a needless fraction.</returns>
    public static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 10_000 ? "#,0.###" : "0.######", CultureInfo.InvariantCulture);
}
