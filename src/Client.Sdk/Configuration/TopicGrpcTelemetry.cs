namespace TopicGrpc.Client.Configuration;

/// <summary>Names under which the client reports what it does.</summary>
public static class TopicGrpcTelemetry
{
    /// <summary>Source of activities: one per call or stream.</summary>
    public const string ActivitySourceName = "TopicGrpc.Client";

    /// <summary>Meter: <c>topicgrpc.client.duration</c> (s), <c>.attempts</c>, <c>.retries</c>, <c>.reconnects</c>, <c>.hedges</c>.</summary>
    public const string MeterName = "TopicGrpc.Client";
}
