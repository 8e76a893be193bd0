using System.Globalization;

namespace TopicGrpc.Load.Reports;

/// <summary>One row of the result table.</summary>
/// <param name="Scenario">Scenario.</param>
/// <param name="What">Name of the measure.</param>
/// <param name="Target">Target; empty for none.</param>
/// <param name="Measured">Measured value.</param>
/// <param name="Met">True if the target was met; null without a target or a measurement.</param>
internal sealed record Figure(string Scenario, string What, string Target, string Measured, bool? Met)
{
    /// <summary>Text of the last column.</summary>
    public string Verdict => (Met, Target.Length) switch
    {
        (true, _) => "ok",
        (false, _) => "missed",
        (null, 0) => "",
        (null, _) => "skipped",
    };

    public static Figure AtMost(string scenario, string what, double limit, double measured, string unit = "") =>
        new(scenario, what, "≤ " + Text(limit, unit), Text(measured, unit), measured <= limit);

    public static Figure AtLeast(string scenario, string what, double limit, double measured, string unit = "") =>
        new(scenario, what, "≥ " + Text(limit, unit), Text(measured, unit), measured >= limit);

    /// <summary>Creates a row for a count that must be zero.</summary>
    public static Figure Zero(string scenario, string what, long measured, string? remark = null) =>
        new(scenario, what, "0", measured.ToString(CultureInfo.InvariantCulture) + (remark is null ? "" : $" ({remark})"), measured == 0);

    /// <summary>Creates a row for two results that must be equal.</summary>
    public static Figure Same(string scenario, string what, bool isSame) =>
        new(scenario, what, "the same", isSame ? "the same" : "different", isSame);

    /// <summary>Creates a row without a target.</summary>
    public static Figure Note(string scenario, string what, string measured) => new(scenario, what, "", measured, null);

    /// <summary>Creates a row for a measure that is not available here.</summary>
    public static Figure Skipped(string scenario, string what, string target, string why) => new(scenario, what, target, why, null);

    /// <summary>Formats a number with at most three decimals, fewer for large numbers.</summary>
    public static string Text(double value, string unit = "")
    {
        string number = value.ToString(
            Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", _ => "0.###" }, CultureInfo.InvariantCulture);
        return unit.Length == 0 ? number : number + " " + unit;
    }
}
