using Google.Rpc;
using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Predicting;

public sealed class StreamPredictTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StreamPredict_ManyTexts_AnswersInOrderWithTheBitsOfPredict()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> call = await OpenAsync(server, firstIndex: 7);
        string[] texts = [.. Enumerable.Range(1000, 60).Select(ThemedTexts.Text)];
        texts[20] = " ";
        Task sending = SendAsync(call.RequestStream, texts);

        List<StreamPredictResponse> responses = await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
        await sending;

        Assert.Equal(Enumerable.Range(7, 60).Select(static index => (long)index), responses.Select(static response => response.Index));
        Assert.Equal("models/m/versions/1", responses[0].ModelVersion);
        Assert.Equal("INPUT_EMPTY", responses[20].Error.GetDetail<ErrorInfo>()!.Reason);
        for (int index = 0; index < texts.Length; index += 7)
        {
            PredictResponse alone = await server.Predictions.PredictAsync(
                new PredictRequest { Selector = Selector(), Text = texts[index] }, cancellationToken: Token);
            Assert.Equal(alone.Prediction, responses[index].Prediction);
        }

        Assert.Equal(
            0,
            (await server.Models.GetVersionAsync(
                new GetVersionRequest { Name = "models/m/versions/1" }, cancellationToken: Token)).ModelVersion.ActiveLeases);
    }

    [Fact]
    public async Task StreamPredict_ManyTextsBehindASmallQueue_AreSlowedAndNeverRefused()
    {
        await using TestServer server = await TestServer.FittedAsync(
            ("Embedding:MaxQueue", "1"), ("Embedding:StreamWindow", "2"), ("Embedding:Executors", "1"));
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> call = await OpenAsync(server);
        Task sending = SendAsync(call.RequestStream, [.. Enumerable.Range(1000, 100).Select(ThemedTexts.Text)]);

        List<StreamPredictResponse> responses = await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
        await sending;

        Assert.Equal(100, responses.Count);
        Assert.All(responses, static response => Assert.Null(response.Error));
    }

    [Fact]
    public async Task StreamPredict_LabelMoves_KeepsTheVersionItHas()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> call = await OpenAsync(server);
        await call.RequestStream.WriteAsync(new StreamPredictRequest { Item = new() { Text = "rocket" } }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));

        GetVersionResponse held = await server.Models.GetVersionAsync(
            new GetVersionRequest { Name = "models/m/versions/1" }, cancellationToken: Token);
        await call.RequestStream.CompleteAsync();

        Assert.Equal(1, held.ModelVersion.ActiveLeases);
        Assert.False(await call.ResponseStream.MoveNext(Token));
    }

    [Fact]
    public async Task StreamPredict_CancelledWithTextsAtWork_GivesTheVersionBack()
    {
        await using TestServer server = await TestServer.FittedAsync(("Embedding:Executors", "1"));
        server.Embedder.Hold();
        AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> call = await OpenAsync(server);
        await call.RequestStream.WriteAsync(new StreamPredictRequest { Item = new() { Text = "rocket" } }, Token);
        await server.Embedder.SomebodyWaitsAsync(Token);

        call.Dispose();
        server.Embedder.Release();
        ModelVersion version;
        do
        {
            version = (await server.Models.GetVersionAsync(
                new GetVersionRequest { Name = "models/m/versions/1" }, cancellationToken: Token)).ModelVersion;
        }
        while (version.ActiveLeases > 0);

        Assert.Equal(0, version.ActiveLeases);
    }

    [Fact]
    public async Task StreamPredict_WrongMessages_SayWhy()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> unopened = server.Predictions.StreamPredict(
            cancellationToken: Token);
        await unopened.RequestStream.WriteAsync(new StreamPredictRequest { Item = new() { Text = "rocket" } }, Token);
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> negative = await OpenAsync(server, firstIndex: -1);

        RpcException first = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INVALID_FIELD", () => unopened.ResponseStream.MoveNext(Token));
        RpcException second = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INVALID_FIELD", () => negative.ResponseStream.MoveNext(Token));

        Assert.Equal(["payload"], Refusal.Fields(first));
        Assert.Equal(["open.first_index"], Refusal.Fields(second));
    }

    private static ModelSelector Selector() => new() { Model = "models/m" };

    private static async Task<AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse>> OpenAsync(
        TestServer server,
        long firstIndex = 0)
    {
        AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> call = server.Predictions.StreamPredict(
            cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new StreamPredictRequest { Open = new() { Selector = Selector(), FirstIndex = firstIndex } }, Token);
        return call;
    }

    private static async Task SendAsync(IClientStreamWriter<StreamPredictRequest> requests, string[] texts)
    {
        foreach (string text in texts)
        {
            await requests.WriteAsync(new StreamPredictRequest { Item = new() { Text = text } }, Token);
        }

        await requests.CompleteAsync();
    }
}
