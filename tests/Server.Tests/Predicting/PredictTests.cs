using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Predicting;

public sealed class PredictTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_NewText_LandsInTheTopicOfItsTheme()
    {
        await using TestServer server = await TestServer.FittedAsync();

        PredictResponse answer = await PredictAsync(server, "rocket launch lunar orbit astronaut");

        Assert.Equal("models/m/versions/1", answer.ModelVersion);
        Assert.True(answer.Prediction.TopicId >= 0);
        Assert.Contains(answer.Prediction.Words, static word => word.Term == "rocket");
        Assert.Equal(4, answer.Prediction.TopicProbabilities.Count);
        double sum = answer.Prediction.OutlierProbability + answer.Prediction.TopicProbabilities.Sum(static topic => topic.Probability);
        Assert.Equal(1, sum, 6);
        Assert.Equal(7, answer.Prediction.TokenCount);
        Assert.True(answer.Timing.Total.ToTimeSpan() >= answer.Timing.Assignment.ToTimeSpan());
    }

    [Fact]
    public async Task Predict_AloneInABatchAndAfterARestart_GivesTheSameBits()
    {
        await using TestServer server = await TestServer.FittedAsync();
        string[] texts = [.. Enumerable.Range(1000, 40).Select(ThemedTexts.Text)];
        List<Prediction> alone = [];
        foreach (string text in texts)
        {
            alone.Add((await PredictAsync(server, text)).Prediction);
        }

        BatchPredictResponse batch = await BatchAsync(server, texts);
        await server.StopAsync();
        await server.StartAgainAsync();
        BatchPredictResponse restarted = await BatchAsync(server, texts);

        Assert.Equal(alone, batch.Results.Select(static result => result.Prediction));
        Assert.Equal(alone, restarted.Results.Select(static result => result.Prediction));
    }

    // D11
    [Fact]
    public async Task Predict_TextThatTheEncoderDoesNotKnow_IsEmptyAndFailsOnlyItself()
    {
        await using TestServer server = await TestServer.FittedAsync();
        const string Emoji = "\U0001F600";

        RpcException exception = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INPUT_EMPTY", async () => await PredictAsync(server, Emoji));
        BatchPredictResponse batch = await BatchAsync(server, ["rocket orbit", Emoji, "goalie puck"]);

        Assert.Equal(["text"], Refusal.Fields(exception));
        Assert.NotNull(batch.Results[0].Prediction);
        Assert.Equal((int)StatusCode.InvalidArgument, batch.Results[1].Error.Code);
        Assert.StartsWith("texts[1]: ", batch.Results[1].Error.Message, StringComparison.Ordinal);
        Assert.NotNull(batch.Results[2].Prediction);
    }

    [Fact]
    public async Task BatchPredict_OneBadText_FailsOnlyItself()
    {
        await using TestServer server = await TestServer.FittedAsync();

        BatchPredictResponse batch = await BatchAsync(server, ["rocket orbit", " ", "goalie puck"]);

        Assert.Equal([false, true, false], batch.Results.Select(static result => result.Error is not null));
        Assert.Equal("INPUT_EMPTY", batch.Results[1].Error.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal("texts[1]", batch.Results[1].Error.GetDetail<BadRequest>()!.FieldViolations[0].Field);
    }

    [Fact]
    public async Task Predict_RequestsThatCannotBeAnswered_SayWhy()
    {
        await using TestServer server = await TestServer.FittedAsync();

        Assert.Equal(["text"], Refusal.Fields(await ExpectAsync(server, StatusCode.InvalidArgument, "INPUT_EMPTY", Request(" \n"))));
        RpcException tooLarge = await ExpectAsync(
            server, StatusCode.InvalidArgument, "INPUT_TOO_LARGE", Request(new string('x', (1 << 20) + 1)));
        Assert.Equal("1048576", tooLarge.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["limit"]);
        await ExpectAsync(server, StatusCode.NotFound, "MODEL_NOT_FOUND", Request("x", new ModelSelector { Model = "models/other" }));
        await ExpectAsync(
            server, StatusCode.NotFound, "VERSION_NOT_FOUND", Request("x", new ModelSelector { Model = "models/m", VersionNumber = 9 }));
        await ExpectAsync(
            server,
            StatusCode.NotFound,
            "LABEL_NOT_FOUND",
            Request("x", new ModelSelector { Model = "models/m", VersionLabel = "canary" }));
        Assert.Equal(
            ["selector.model"],
            Refusal.Fields(
                await ExpectAsync(server, StatusCode.InvalidArgument, "INVALID_FIELD", Request("x", new ModelSelector { Model = "m" }))));
        Assert.Equal(
            ["selector"],
            Refusal.Fields(await ExpectAsync(server, StatusCode.InvalidArgument, "INVALID_FIELD", new PredictRequest { Text = "x" })));
    }

    [Fact]
    public async Task Predict_EmbeddingGiven_AnswersAsForItsTextAndEmbedsNothing()
    {
        await using TestServer server = await TestServer.FittedAsync();
        PredictRequest text = Request("rocket launch lunar orbit astronaut");
        text.Options.IncludeEmbedding = true;
        Prediction byText = (await server.Predictions.PredictAsync(text, cancellationToken: Token)).Prediction;
        int calls = server.Embedder.Calls;
        PredictRequest given = new() { Selector = text.Selector, Options = text.Options, Embedding = { byText.Embedding } };
        PredictRequest scaled = new()
        {
            Selector = text.Selector,
            Options = text.Options,
            Embedding = { byText.Embedding.Select(static value => value * 3e30f) },
        };

        Prediction byVector = (await server.Predictions.PredictAsync(given, cancellationToken: Token)).Prediction;
        Prediction byScaled = (await server.Predictions.PredictAsync(scaled, cancellationToken: Token)).Prediction;

        Assert.Equal(0, byVector.TokenCount);
        byVector.TokenCount = byText.TokenCount;
        Assert.Equal(byText, byVector);
        Assert.Equal(byText.TopicId, byScaled.TopicId);
        Assert.Equal(calls, server.Embedder.Calls);
    }

    [Fact]
    public async Task Predict_EmbeddingThatCannotBe_NamesTheField()
    {
        await using TestServer server = await TestServer.FittedAsync();
        float[] vector = [.. Enumerable.Repeat(0.1f, 32)];

        Assert.Equal(
            ["embedding"],
            await FieldsAsync(new PredictRequest { Selector = Request(string.Empty).Selector, Embedding = { vector[1..] } }));
        Assert.Equal(
            ["embedding"],
            await FieldsAsync(new PredictRequest { Selector = Request(string.Empty).Selector, Embedding = { new float[32] } }));
        Assert.Equal(
            ["embedding"],
            await FieldsAsync(new PredictRequest { Selector = Request(string.Empty).Selector, Embedding = { vector }, Text = "rocket" }));
        vector[5] = float.NaN;
        Assert.Equal(
            ["embedding[5]"], await FieldsAsync(new PredictRequest { Selector = Request(string.Empty).Selector, Embedding = { vector } }));

        async Task<string[]> FieldsAsync(PredictRequest request) =>
            Refusal.Fields(await ExpectAsync(server, StatusCode.InvalidArgument, "INVALID_FIELD", request));
    }

    [Fact]
    public async Task Metrics_AnswersAndRefusals_AreCounted()
    {
        await using TestServer server = await TestServer.FittedAsync();
        ConcurrentQueue<(string Name, double Value, string? Label)> seen = new();
        object scope = server.Services.GetRequiredService<IMeterFactory>();
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == "TopicGrpc.Server" && instrument.Meter.Scope == scope)
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, tags.IsEmpty ? null : tags[0].Value?.ToString())));
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => seen.Enqueue((instrument.Name, value, tags.IsEmpty ? null : tags[0].Value?.ToString())));
        listener.Start();

        await PredictAsync(server, "rocket");
        await ExpectAsync(server, StatusCode.InvalidArgument, "INPUT_EMPTY", Request(" "));
        listener.RecordObservableInstruments();

        Assert.Equal("m", seen.Single(static item => item.Name == "topicgrpc.predict.duration").Label);
        Assert.Equal("m", seen.Single(static item => item.Name == "topicgrpc.predict.texts").Label);
        Assert.Equal(0, seen.Single(static item => item.Name == "topicgrpc.wasted_tokens").Value);
        Assert.Equal("m", seen.Single(static item => item.Name == "topicgrpc.version.state").Label);
        Assert.Equal("INPUT_EMPTY", seen.Single(static item => item.Name == "topicgrpc.rejected").Label);
        Assert.Single(seen, static item => item.Name == "topicgrpc.inference.duration");
        Assert.Equal(2, seen.Count(static item => item.Name == "topicgrpc.queue.tokens" && item.Value == 0));
        Assert.Equal(0, seen.Single(static item => item.Name == "topicgrpc.version.leases").Value);
    }

    [Fact]
    public async Task Predict_QueueFull_IsRefusedWithTheDelayInDetailsAndTrailer()
    {
        await using TestServer server = await TestServer.FittedAsync(("Embedding:MaxQueue", "1"), ("Embedding:Executors", "1"));
        server.Embedder.Hold();
        AsyncUnaryCall<PredictResponse>[] calls =
        [
            .. Enumerable.Range(0, 4).Select(_ => server.Predictions.PredictAsync(Request("rocket"), cancellationToken: Token)),
        ];

        // One may be at work and one may wait: of four at least two are refused, whatever their order.
        Task<PredictResponse> refused = await Task.WhenAny(calls.Select(static call => call.ResponseAsync));
        RpcException exception = await Refusal.ExpectAsync(StatusCode.ResourceExhausted, "QUEUE_FULL", () => refused);

        Assert.True(exception.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() >= TimeSpan.FromMilliseconds(50));
        Assert.NotNull(exception.Trailers.GetValue("grpc-retry-pushback-ms"));
        server.Embedder.Release();
        Array.ForEach(calls, static call => call.Dispose());
    }

    [Fact]
    public async Task Predict_WaitWouldOutlastTheDeadline_IsRefusedAtOnceWithADelay()
    {
        await using TestServer server = await TestServer.FittedAsync(("Embedding:Executors", "1"));
        server.Embedder.Delay = TimeSpan.FromMilliseconds(20);
        for (int text = 0; text < 24; text++)
        {
            await PredictAsync(server, "rocket");
        }

        server.Embedder.Hold();
        AsyncUnaryCall<PredictResponse>[] calls =
        [
            .. Enumerable.Range(0, 60).Select(_ => server.Predictions.PredictAsync(Request("rocket"), cancellationToken: Token)),
        ];
        await server.Embedder.SomebodyWaitsAsync(Token);
        RpcException? exception = null;
        while (exception?.StatusCode != StatusCode.ResourceExhausted)
        {
            // The others may still be on their way; alone in the queue the call is not refused but expires.
            exception = await Assert.ThrowsAsync<RpcException>(async () =>
                await server.Predictions.PredictAsync(
                    Request("goalie"),
                    deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(300),
                    cancellationToken: Token));
        }

        ErrorInfo info = exception.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal("DEADLINE_TOO_SHORT", info.Reason);
        Assert.True(exception.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() >= TimeSpan.FromMilliseconds(50));
        Assert.NotNull(exception.Trailers.GetValue("grpc-retry-pushback-ms"));
        server.Embedder.Delay = TimeSpan.Zero;
        server.Embedder.Release();
        Array.ForEach(calls, static call => call.Dispose());
    }

    [Fact]
    public async Task Predict_NoDeadlineSet_EndsWithTheServersDefault()
    {
        await using TestServer server = await TestServer.FittedAsync(("Server:DefaultDeadline", "00:00:00.2"));
        server.Embedder.Hold();

        RpcException exception = await Assert.ThrowsAsync<RpcException>(() => PredictAsync(server, "rocket"));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
    }

    [Fact]
    public async Task Predict_DeadlinePassesInTheQueue_EndsAndTheTextIsNeverEmbedded()
    {
        await using TestServer server = await TestServer.FittedAsync(("Embedding:Executors", "1"));
        int before = server.Embedder.Calls;
        server.Embedder.Hold();
        using AsyncUnaryCall<PredictResponse> running = server.Predictions.PredictAsync(Request("rocket"), cancellationToken: Token);
        await server.Embedder.SomebodyWaitsAsync(Token);

        RpcException exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Predictions.PredictAsync(
                Request("goalie"), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200), cancellationToken: Token));

        // The client gives up a moment before the server does.
        EmbeddingExecutors executors = server.Services.GetRequiredService<EmbeddingExecutors>();
        while (executors.Waiting > 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        server.Embedder.Release();
        await running;

        Assert.Equal(StatusCode.DeadlineExceeded, exception.StatusCode);
        Assert.Equal(before + 1, server.Embedder.Calls);
    }

    [Fact]
    public async Task Predict_WhileAFitRuns_IsAnswered()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FillCorpusAsync("more", 400);
        StartFitResponse fit = await server.Fits.StartFitAsync(TestServer.FitRequest("more", "m"), cancellationToken: Token);
        await server.AwaitAsync(fit.Fit.Name, static fit => fit.State == Fit.Types.State.Running);

        PredictResponse answer = await PredictAsync(server, "rocket launch lunar orbit");

        Assert.Equal("models/m/versions/1", answer.ModelVersion);
        Assert.Equal(Fit.Types.State.Succeeded, (await server.EndOfAsync(fit.Fit.Name)).State);
    }

    private static PredictRequest Request(string text, ModelSelector? selector = null) => new()
    {
        Selector = selector ?? new ModelSelector { Model = "models/m" },
        Text = text,
        Options = new PredictOptions { IncludeWords = true, IncludeProbabilities = true },
    };

    private static async Task<PredictResponse> PredictAsync(TestServer server, string text) =>
        await server.Predictions.PredictAsync(Request(text), cancellationToken: Token);

    private static async Task<BatchPredictResponse> BatchAsync(TestServer server, string[] texts)
    {
        BatchPredictRequest request = new()
        {
            Selector = Request(string.Empty).Selector,
            Texts = { texts },
            Options = Request(string.Empty).Options,
        };
        return await server.Predictions.BatchPredictAsync(request, cancellationToken: Token);
    }

    private static Task<RpcException> ExpectAsync(TestServer server, StatusCode code, string reason, PredictRequest request) =>
        Refusal.ExpectAsync(code, reason, async () => await server.Predictions.PredictAsync(request, cancellationToken: Token));
}
