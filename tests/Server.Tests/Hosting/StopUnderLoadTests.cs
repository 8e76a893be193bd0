using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Hosting;

public sealed class StopUnderLoadTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StopAsync_CallsAtWorkAndWaiting_AreAllAnswered()
    {
        await using TestServer server = await TestServer.FittedAsync(("Embedding:Executors", "1"));
        server.Embedder.Hold();
        PredictRequest request = new() { Selector = new ModelSelector { Model = "models/m" }, Text = "rocket orbit" };
        AsyncUnaryCall<PredictResponse>[] calls =
        [
            .. Enumerable.Range(0, 8).Select(_ => server.Predictions.PredictAsync(request, cancellationToken: Token)),
        ];
        await server.Embedder.SomebodyWaitsAsync(Token);
        GetVersionRequest version = new() { Name = "models/m/versions/1" };
        while ((await server.Models.GetVersionAsync(version, cancellationToken: Token)).ModelVersion.ActiveLeases < calls.Length)
        {
            // They are on their way.
        }

        Task stopped = server.StopHostAsync();
        server.Embedder.Release();

        foreach (AsyncUnaryCall<PredictResponse> call in calls)
        {
            Assert.Equal("models/m/versions/1", (await call).ModelVersion);
            call.Dispose();
        }

        await stopped;
    }
}
