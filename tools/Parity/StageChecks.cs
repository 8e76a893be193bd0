using TopicGrpc.Parity.Charts;

namespace TopicGrpc.Parity;

/// <summary>Every check, in the order of the stages.</summary>
internal static class StageChecks
{
    public static IReadOnlyList<StageCheck> All { get; } =
    [
        new BarChartCheck(),
        new DocumentChartCheck(),
    ];
}
