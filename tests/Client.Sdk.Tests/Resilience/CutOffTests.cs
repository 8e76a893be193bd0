using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Sdk.Tests.Fakes;
using TopicGrpc.V1;

namespace TopicGrpc.Client.Sdk.Tests.Resilience;

public sealed class CutOffTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunAsync_ConnectionBreaksAsTheCallerCancels_IsACancellation(bool retries)
    {
        using CancellationTokenSource caller = new();
        ClientCore core = Core(caller, retries);
        PredictionService.PredictionServiceClient stub = new(core.Invoker);

        OperationCanceledException cancelled = await Assert.ThrowsAsync<OperationCanceledException>(
            () => core.Calls.RunAsync(
                RpcMethod.Of(PredictionService.Descriptor, "Predict"),
                CallClass.Read,
                (request, options) => stub.PredictAsync(request, options),
                new PredictRequest(),
                caller.Token));

        Assert.Equal(caller.Token, cancelled.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_ConnectionBreaksAsTheCallerCancels_IsACancellation(bool retries)
    {
        using CancellationTokenSource caller = new();
        ClientCore core = Core(caller, retries);
        FitWatch watch = new(core, new FitService.FitServiceClient(core.Invoker), "fits/1", 0);

        await Assert.ThrowsAsync<OperationCanceledException>(
            () => watch.ReadAsync(caller.Token).ToListAsync(CancellationToken.None).AsTask());
    }

    private static ClientCore Core(CancellationTokenSource caller, bool retries) =>
        new(
            new TopicGrpcClientOptions { Address = new Uri("http://localhost"), Retry = new RetryOptions { Enabled = retries } },
            new CutOffInvoker(caller));
}
