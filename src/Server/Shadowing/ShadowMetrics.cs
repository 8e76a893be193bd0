using System.Diagnostics.Metrics;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Instruments of the copies for shadow versions.</summary>
internal sealed class ShadowMetrics(Meter meter)
{
    private static readonly string[] OutcomeNames = [.. Enum.GetNames<ShadowOutcome>().Select(static name => name.ToLowerInvariant())];

    private readonly Counter<long> _copies =
        meter.CreateCounter<long>("topicgrpc.shadow.copies", "{copy}", "Copies for shadow versions, by outcome.");

    /// <summary>Records what became of a copy.</summary>
    public void Ended(string modelId, ShadowOutcome outcome) => _copies.Add(
        1,
        new KeyValuePair<string, object?>("model", modelId),
        new KeyValuePair<string, object?>("outcome", OutcomeNames[(int)outcome]));
}
