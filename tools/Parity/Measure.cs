using System.Globalization;

namespace TopicGrpc.Parity;

/// <summary>One figure compared with its limit.</summary>
/// <param name="Stage">Stage measured.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Limit">The limit.</param>
/// <param name="AtLeast">Whether the figure must reach the limit (true) or stay within it (false).</param>
internal sealed record Measure(string Stage, string Name, double Value, double Limit, bool AtLeast = false)
{
    public bool Holds => AtLeast ? Value >= Limit : Value <= Limit;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Stage} {Name} {Value:G6} {(AtLeast ? ">=" : "<=")}{Limit:G6} {(Holds ? "ok" : "FALLS-SHORT")}");
}
