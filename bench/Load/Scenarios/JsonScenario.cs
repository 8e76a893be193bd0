using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Grpc.Net.Client;
using TopicGrpc.Load.Calls;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;
using TopicGrpc.V1;

namespace TopicGrpc.Load.Scenarios;

/// <summary>
/// <c>Predict</c> as JSON over HTTP/1.1 beside gRPC, one call in flight, alternately, with the same certificate and key: a text, and an
/// embedding of 384 numbers.
/// </summary>
internal sealed class JsonScenario : IScenario
{
    private const double MaxRatio = 1.5;

    /// <inheritdoc/>
    public string Name => "json";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        SecuredServer server = await context.SecuredServerAsync(cancellationToken);
        string secret = await server.CreateKeyAsync(new KeyOrder(), cancellationToken);
        using GrpcChannel channel = server.Open();
        PredictionService.PredictionServiceClient stub = SecuredServer.StubOf(channel, secret);
        using HttpClient http = server.OpenHttp(secret);
        PredictRequest asText = new() { Selector = Selector(), Text = LoadContext.ShortText, Options = new() { IncludeEmbedding = true } };
        PredictResponse first = await stub.PredictAsync(asText, cancellationToken: cancellationToken);
        asText.Options = null;
        PredictRequest asVector = new() { Selector = Selector(), Embedding = { first.Prediction.Embedding } };
        return
        [
            .. await CompareAsync("text of 12 tokens", asText, JsonSerializer.SerializeToUtf8Bytes(new { text = LoadContext.ShortText })),
            .. await CompareAsync(
                "embedding given", asVector, JsonSerializer.SerializeToUtf8Bytes(new { embedding = first.Prediction.Embedding.ToArray() })),
        ];

        async Task<Figure[]> CompareAsync(string what, PredictRequest request, byte[] body)
        {
            await AlternateAsync(request, body, TimeSpan.FromSeconds(3));
            (CallRecord grpc, CallRecord json) = await AlternateAsync(request, body, context.Plan.Closed * 2);
            return
            [
                Figure.AtMost(Name, $"{what}: p50 of JSON over p50 of gRPC", MaxRatio, json.P50 / grpc.P50),
                Figure.Note(
                    Name,
                    "p50, p99 of gRPC; p50, p99 of JSON",
                    $"{Figure.Text(grpc.P50)}, {Figure.Text(grpc.P99, "ms")}; {Figure.Text(json.P50)}, {Figure.Text(json.P99, "ms")}"),
                Figure.Zero(Name, "calls failed", grpc.Failures() + json.Failures(), grpc.FirstFailure ?? json.FirstFailure),
            ];
        }

        async Task<(CallRecord Grpc, CallRecord Json)> AlternateAsync(PredictRequest request, byte[] body, TimeSpan duration)
        {
            CallRecord grpc = new();
            CallRecord json = new();
            long started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                await CallLoop.RecordAsync(
                    grpc, async token => await stub.PredictAsync(request, cancellationToken: token), cancellationToken);
                await CallLoop.RecordAsync(json, token => PostAsync(body, token), cancellationToken);
            }

            return (grpc, json);
        }

        async Task PostAsync(byte[] body, CancellationToken token)
        {
            using ByteArrayContent content = new(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = await http.PostAsync(
                new Uri($"api/v1/models/{Preparation.All}:predict", UriKind.Relative), content, token);
            response.EnsureSuccessStatusCode();
        }
    }

    private static ModelSelector Selector() => new() { Model = "models/" + Preparation.All };
}
