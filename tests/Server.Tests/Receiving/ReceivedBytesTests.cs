using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Shared;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Receiving;

/// <summary>F8: the bytes of request messages are limited over all connections, and small requests find room at any time.</summary>
public sealed class ReceivedBytesTests
{
    private const int MessageBytes = 2 << 20;
    private const long MaxBytes = 4 << 20;

    private static readonly (string, string?)[] Limits =
    [
        ("Ingest:MaxChunkBytes", "2097152"),
        ("Server:MaxMessageBytes", "2097152"),
        ("Receiving:MaxBytes", "4194304"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F8_HalfMessagesOnManyStreams_StayBelowTheLimitAndPredictionsContinue()
    {
        await using TestServer server = await TestServer.FittedAsync(
            [
                .. Limits, ("Receiving:MaxWait", "00:00:02"), ("Receiving:MessageGrace", "00:00:03"),
                ("Receiving:MinBytesPerSecond", "1073741824"),
            ]);
        ReceiveBudget budget = server.Services.GetRequiredService<ReceiveBudget>();
        using HttpClient client = new();
        RawCall[] calls = [.. Enumerable.Range(0, 12).Select(_ => RawCall.Open(client, server.Address, "CorpusService/IngestDocuments"))];

        // A write waits for flow control when the server does not read, so it may end with the call.
        Task[] sent = [.. calls.Select(static call => call.SendPartAsync(MessageBytes, MessageBytes - 1))];
        Task<(StatusCode Code, string Reason)[]> ended = Task.WhenAll(calls.Select(static call => call.EndAsync()));
        long most = 0;
        int answered = 0;
        do
        {
            await server.Predictions.PredictAsync(
                new PredictRequest { Selector = new ModelSelector { Model = "models/m" }, Text = ThemedTexts.Text(answered++) },
                cancellationToken: Token);
            most = Math.Max(most, budget.Used);
        }
        while (!ended.IsCompleted);

        Assert.All(await ended, static end => Assert.Contains(end.Reason, new[] { ErrorReasons.QueueFull, ErrorReasons.StreamIdle }));
        Assert.InRange(most, MessageBytes, MaxBytes);
        await WithoutBytesAsync(budget);
        await Task.WhenAny(Task.WhenAll(sent));
        await DisposeAsync(calls);
    }

    [Fact]
    public async Task F8_HalfMessagesHoldTheLimit_AWholeMessageStillArrives()
    {
        await using TestServer server = await TestServer.FittedAsync([.. Limits, ("Receiving:MaxWait", "00:01:00")]);
        using HttpClient client = new();
        RawCall[] calls = [.. Enumerable.Range(0, 4).Select(_ => RawCall.Open(client, server.Address, "CorpusService/IngestDocuments"))];
        Task[] sent = [.. calls.Select(static call => call.SendPartAsync(MessageBytes, MessageBytes - 1))];

        // At most one half message has room for all its bytes. As soon as the others wait, each of them has waited longer than the batch.
        await WithWaitersAsync(server.Services.GetRequiredService<ReceiveBudget>(), calls.Length - 1);
        BatchPredictRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/m" },
            Texts = { new string('x', 1 << 20), new string('y', 1 << 19) },
        };

        BatchPredictResponse response = await server.Predictions.BatchPredictAsync(request, cancellationToken: Token);

        Assert.Equal(2, response.Results.Count);
        await Task.WhenAny(Task.WhenAll(sent));
        await DisposeAsync(calls);
    }

    [Fact]
    public async Task F8_SlowMessage_EndsWithStreamIdle()
    {
        await using TestServer server = await TestServer.StartAsync(
            ("Receiving:MessageGrace", "00:00:00.200"), ("Receiving:MinBytesPerSecond", "1073741824"));
        using HttpClient client = new();
        await using var call = RawCall.Open(client, server.Address, "ModelService/ImportModel");
        await call.SendPartAsync(1000, 10);

        Assert.Equal((StatusCode.DeadlineExceeded, ErrorReasons.StreamIdle), await call.EndAsync());
    }

    [Theory]
    [InlineData("CorpusService/GetCorpus", 256 << 10)]
    [InlineData("PredictionService/Predict", 2 << 20)]
    [InlineData("FitService/StartFit", 8 << 20)]
    public async Task F8_MessageAboveTheLimitOfItsMethod_IsRejectedByItsHeader(string method, int limit)
    {
        await using TestServer server = await TestServer.StartAsync();
        using HttpClient client = new();
        await using var call = RawCall.Open(client, server.Address, method);
        await call.SendPartAsync(limit + 1, 1);

        Assert.Equal((StatusCode.ResourceExhausted, ErrorReasons.InputTooLarge), await call.EndAsync());
    }

    [Fact]
    public async Task F8_ChunkAboveMaxChunkBytes_IsRejected()
    {
        await using TestServer server = await TestServer.StartAsync(("Ingest:MaxChunkBytes", "2097152"));
        await server.CreateCorpusAsync("c");
        await using IngestCall call = await IngestCall.OpenAsync(server, "c", "s");
        await call.SendAsync(0, [.. Enumerable.Range(0, 3).Select(static index => ($"d{index}", new string('x', 800_000)))]);

        RpcException rejected = await Refusal.ExpectAsync(StatusCode.InvalidArgument, ErrorReasons.InputTooLarge, call.ReadAckAsync);

        Assert.Equal(["chunk"], Refusal.Fields(rejected));
    }

    [Fact]
    public async Task F8_MoreCallsThanAllowed_AreRejectedWithADelay()
    {
        await using TestServer server = await TestServer.StartAsync(("Receiving:MaxCalls", "1"));
        using HttpClient client = new();
        await using var first = RawCall.Open(client, server.Address, "ModelService/ImportModel");
        await first.SendPartAsync(1000, 10);
        await WithBytesAsync(server.Services.GetRequiredService<ReceiveBudget>(), 1);

        RpcException rejected = await Refusal.ExpectAsync(
            StatusCode.ResourceExhausted,
            ErrorReasons.QueueFull,
            async () => await server.Server.GetServerInfoAsync(new GetServerInfoRequest(), cancellationToken: Token));

        Assert.NotNull(rejected.GetRpcStatus()!.GetDetail<Google.Rpc.RetryInfo>());
    }

    private static async Task WithoutBytesAsync(ReceiveBudget budget)
    {
        while (budget.Used > 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task WithWaitersAsync(ReceiveBudget budget, int calls)
    {
        while (budget.Waiting < calls)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task WithBytesAsync(ReceiveBudget budget, long bytes)
    {
        while (budget.Used < bytes)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task DisposeAsync(RawCall[] calls)
    {
        foreach (RawCall call in calls)
        {
            await call.DisposeAsync();
        }
    }
}
