using System.Globalization;

namespace TopicGrpc.Parity;

/// <summary>A measured value with its limit.</summary>
/// <param name="Stage">Stage.</param>
/// <param name="Name">Name of the measure.</param>
/// <param name="Value">Measured value.</param>
/// <param name="Limit">Limit.</param>
/// <param name="AtLeast">True if the limit is a minimum; false if it is a maximum.</param>
internal sealed record Measure(string Stage, string Name, double Value, double Limit, bool AtLeast = false)
{
    public bool Holds => AtLeast ? Value >= Limit : Value <= Limit;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Stage} {Name} {Value:G6} {(AtLeast ? ">=" : "<=")}{Limit:G6} {(Holds ? "ok" : "FALLS-SHORT")}");
}
