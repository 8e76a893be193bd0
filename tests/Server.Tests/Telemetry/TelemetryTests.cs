using System.Diagnostics;
using System.Net;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Server.Tests.Http;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Telemetry;

public sealed class TelemetryTests
{
    private const string Canary = "kvqcanaryqvk";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Otlp_CallOfTheSdk_IsOneTraceToTheEncoderAndTheFit()
    {
        using ActivityListener sdk = ListenToSdk();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        string trace;
        string fit;
        await using (TestServer server = await TestServer.FittedAsync(To(receiver)))
        {
            using TopicGrpcClient client = new(server.Address);
            using (Activity root = new("test"))
            {
                root.SetIdFormat(ActivityIdFormat.W3C).Start();
                root.ActivityTraceFlags = ActivityTraceFlags.Recorded;
                trace = root.TraceId.ToString();
                await client.PredictAsync("m", $"rocket {Canary} orbit", cancellationToken: Token);
                StartFitResponse started = await server.Fits.StartFitAsync(TestServer.FitRequest("news", "m"), cancellationToken: Token);
                fit = started.Fit.Name;
            }

            await server.EndOfAsync(fit);
        }

        IReadOnlyList<ReceivedSpan> spans = receiver.Spans(trace);
        ReceivedSpan call = Assert.Single(spans, static span => span.Name == "topicgrpc.v1.PredictionService/Predict");
        ReceivedSpan embed = Assert.Single(spans, static span => span.Name == "embed");
        ReceivedSpan start = Assert.Single(spans, static span => span.Name == "topicgrpc.v1.FitService/StartFit");
        ReceivedSpan run = Assert.Single(spans, static span => span.Name == "fit");
        Assert.Equal(call.Id, embed.ParentId);
        Assert.Equal(start.Id, run.ParentId);
        ReceivedSpan[] stages = [.. spans.Where(static span => span.Name == "fit.stage")];
        Assert.True(stages.Length >= 4, $"{stages.Length} stages");
        Assert.All(stages, stage => Assert.Equal(run.Id, stage.ParentId));
    }

    [Fact]
    public async Task Otlp_Texts_AppearInNoSignal()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using (TestServer server = await TestServer.FittedAsync(To(receiver)))
        {
            using HttpCalls http = new(server);
            await http.PostAsync("/api/v1/models/m:predict", $$"""{"text": "{{Canary}} rocket"}""");
            await http.PostAsync("/api/v1/models/m:predict", $$"""{"{{Canary}}": 1, "text": ["{{Canary}}"]}""");
            await http.PostAsync("/v1/embeddings", $$"""{"model": "fake", "input": "{{Canary}}"}""");
            byte[] lines = System.Text.Encoding.UTF8.GetBytes($$"""{"id": "x", "text": "{{Canary}}"}""" + "\n{" + Canary);
            await http.PostAsync("/api/v1/corpora/news/documents:ingest", lines, "application/x-ndjson");
        }

        foreach (string signal in (string[])["traces", "metrics", "logs"])
        {
            Assert.True(receiver.Has(signal), signal);
            Assert.DoesNotContain(Canary, receiver.Text(signal), StringComparison.Ordinal);
        }

        Assert.Contains("rpc.server.call.duration", receiver.Text("metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Otlp_Off_SendsNothing()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using (TestServer server = await TestServer.StartAsync([.. To(receiver), ("OTEL_SDK_DISABLED", "true")]))
        {
            using HttpCalls http = new(server);
            await http.GetAsync("/api/v1/server");
        }

        await using (TestServer server = await TestServer.StartAsync(
            [.. To(receiver), ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_LOGS_EXPORTER", "none"), ("OTEL_METRICS_EXPORTER", "none")]))
        {
            using HttpCalls http = new(server);
            await http.GetAsync("/api/v1/server");
        }

        Assert.False(receiver.Has("traces") || receiver.Has("metrics") || receiver.Has("logs"));
    }

    [Fact]
    public async Task Prometheus_Scrape_HasCallsByMethodAndStatus()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using HttpCalls http = new(server);
        await http.PostAsync("/api/v1/models/m:predict", """{"text": "rocket"}""");
        await http.GetAsync("/api/v1/models/none");

        HttpAnswer metrics = await http.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, metrics.Status);
        Assert.Equal("text/plain", metrics.MediaType);
        string[] calls =
        [
            .. metrics.Text.Split('\n')
                .Where(static line => line.StartsWith("rpc_server_call_duration_seconds_count", StringComparison.Ordinal)),
        ];
        Assert.Contains(calls, static line => HasLabels(line, "topicgrpc.v1.PredictionService/Predict", "OK"));
        Assert.Contains(calls, static line => HasLabels(line, "topicgrpc.v1.ModelService/GetModel", "NOT_FOUND"));
        Assert.Contains("topicgrpc_fit_ended_total", metrics.Text, StringComparison.Ordinal);
        Assert.Contains("topicgrpc_disk_free_bytes", metrics.Text, StringComparison.Ordinal);
    }

    private static bool HasLabels(string line, string method, string status) =>
        line.Contains($"rpc_method=\"{method}\"", StringComparison.Ordinal)
        && line.Contains($"rpc_response_status_code=\"{status}\"", StringComparison.Ordinal);

    private static (string Key, string? Value)[] To(OtlpReceiver receiver) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
    ];

    private static ActivityListener ListenToSdk()
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == TopicGrpcTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
