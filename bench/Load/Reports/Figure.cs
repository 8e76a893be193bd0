using System.Globalization;

namespace TopicGrpc.Load.Reports;

/// <summary>One row of the table.</summary>
/// <param name="Scenario">Scenario that measured it.</param>
/// <param name="What">What was measured.</param>
/// <param name="Target">What it should be; empty where there is no target.</param>
/// <param name="Measured">What it was.</param>
/// <param name="Met">Whether the target was met; null where there is none or the row was not measured.</param>
internal sealed record Figure(string Scenario, string What, string Target, string Measured, bool? Met)
{
    /// <summary>The last column.</summary>
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

    /// <summary>A count that must be nought.</summary>
    public static Figure Nought(string scenario, string what, long measured, string? remark = null) =>
        new(scenario, what, "0", measured.ToString(CultureInfo.InvariantCulture) + (remark is null ? "" : $" ({remark})"), measured == 0);

    /// <summary>Two things that must be the same.</summary>
    public static Figure Same(string scenario, string what, bool isSame) => new(scenario, what, "the same", isSame ? "the same" : "different", isSame);

    /// <summary>Something worth knowing that has no target.</summary>
    public static Figure Note(string scenario, string what, string measured) => new(scenario, what, "", measured, null);

    /// <summary>A row that could not be measured here.</summary>
    public static Figure Skipped(string scenario, string what, string target, string why) => new(scenario, what, target, why, null);

    /// <summary>A number with at most three digits behind the point, fewer for large ones.</summary>
    public static string Text(double value, string unit = "")
    {
        string number = value.ToString(Math.Abs(value) switch { >= 100 => "0", >= 10 => "0.0", _ => "0.###" }, CultureInfo.InvariantCulture);
        return unit.Length == 0 ? number : number + " " + unit;
    }
}
