namespace TopicGrpc.Client.Configuration;

/// <summary>Names of the client's telemetry.</summary>
public static class TopicGrpcTelemetry
{
    /// <summary>Activity source: one activity per call.</summary>
    public const string ActivitySourceName = "TopicGrpc.Client";

    /// <summary>
    /// Meter: <c>topicgrpc.client.duration</c> (s), <c>.attempts</c>, <c>.retries</c>, <c>.reconnects</c>, <c>.hedges</c>.
    /// </summary>
    public const string MeterName = "TopicGrpc.Client";
}
