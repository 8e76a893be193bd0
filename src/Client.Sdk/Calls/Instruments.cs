using System.Diagnostics;
using System.Diagnostics.Metrics;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>The instruments of the client. Tags have few values: service, method, status.</summary>
internal static class Instruments
{
    private static readonly Meter Meter = new(TopicGrpcTelemetry.MeterName);

    public static readonly ActivitySource Activities = new(TopicGrpcTelemetry.ActivitySourceName);

    public static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("topicgrpc.client.duration", "s", "Duration of a call over all attempts.");

    public static readonly Counter<long> Attempts = Meter.CreateCounter<long>("topicgrpc.client.attempts", "{attempt}", "Attempts sent.");

    public static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "topicgrpc.client.retries", "{retry}", "Attempts after the first, by the status of the previous attempt.");

    public static readonly Counter<long> Reconnects = Meter.CreateCounter<long>(
        "topicgrpc.client.reconnects", "{connection}", "Connections that resumed a stream.");

    public static readonly Counter<long> Hedges = Meter.CreateCounter<long>(
        "topicgrpc.client.hedges", "{copy}", "Copies of slow predictions.");
}
