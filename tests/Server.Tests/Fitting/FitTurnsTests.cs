using Grpc.Core;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Tests.Access;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

/// <summary>Fits of several callers: they take turns, and no caller takes all places of the queue.</summary>
public sealed class FitTurnsTests
{
    private readonly FitTurns _turns = new();
    private readonly List<FitJob> _queued = [];
    private long _arrivals;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Next_CallersWithSeveralFits_TakeTurnsInOrderOfArrival()
    {
        Queue("a", "a", "a", "b", "c", "b");

        Assert.Equal(["a0", "b3", "c4", "a1", "b5", "a2"], RunAll());
    }

    [Fact]
    public void Next_CallerQueuesAgainAfterEachFit_TheOthersStillTakeTheirTurns()
    {
        Queue("waits", "waits", "returns");
        List<string> run = [];
        for (int fit = 0; fit < 4; fit++)
        {
            string name = RunNext();
            run.Add(name);
            if (name.StartsWith("returns", StringComparison.Ordinal))
            {
                Queue("returns");
            }
        }

        Assert.Equal(["waits0", "returns2", "waits1", "returns3"], run);
    }

    [Fact]
    public async Task StartFit_KeysWithSeveralFits_TakeTurns()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 60);
        (_, string many) = server.CreateKey(Role.Trainer);
        (_, string one) = server.CreateKey(Role.Trainer);
        server.Embedder.Hold();
        string running = await StartAsync(server, many, "a");
        string second = await StartAsync(server, many, "b");
        string third = await StartAsync(server, many, "c");
        string other = await StartAsync(server, one, "d");

        server.Embedder.Release();
        DateTimeOffset[] starts =
        [
            await EndAsync(server, many, running), await EndAsync(server, one, other),
            await EndAsync(server, many, second), await EndAsync(server, many, third),
        ];

        Assert.Equal(starts.Order(), starts);
    }

    [Fact]
    public async Task StartFit_QueueFullOfOneKey_AnotherKeyGetsAPlace()
    {
        await using TestServer server = await TestServer.StartAsync(("Fits:MaxQueued", "1"));
        await server.FillCorpusAsync("news", 60);
        (_, string many) = server.CreateKey(Role.Trainer);
        (_, string one) = server.CreateKey(Role.Trainer);
        (_, string late) = server.CreateKey(Role.Trainer);
        server.Embedder.Hold();
        await StartAsync(server, many, "a");
        await server.Embedder.SomebodyWaitsAsync(Token);
        await StartAsync(server, many, "b");

        await RejectedAsync(server, many);
        await StartAsync(server, one, "c");
        await RejectedAsync(server, one);
        await RejectedAsync(server, late);
    }

    private static Task<RpcException> RejectedAsync(TestServer server, string secret) => Refusal.ExpectAsync(
        StatusCode.ResourceExhausted, "FIT_QUEUE_FULL", () => StartAsync(server, secret, "x"));

    private static async Task<string> StartAsync(TestServer server, string secret, string model)
    {
        StartFitResponse response = await new FitService.FitServiceClient(server.With(secret)).StartFitAsync(
            TestServer.FitRequest("news", model), cancellationToken: Token);
        return response.Fit.Name;
    }

    /// <summary>Waits for the end of a fit and returns its start.</summary>
    private static async Task<DateTimeOffset> EndAsync(TestServer server, string secret, string name)
    {
        FitService.FitServiceClient fits = new(server.With(secret));
        WatchFitRequest request = new() { Name = name };
        using (AsyncServerStreamingCall<WatchFitResponse> watch = fits.WatchFit(request, cancellationToken: Token))
        {
            while (await watch.ResponseStream.MoveNext(Token))
            {
                // The stream ends with the fit.
            }
        }

        GetFitResponse ended = await fits.GetFitAsync(new GetFitRequest { Name = name }, cancellationToken: Token);
        return ended.Fit.StartTime.ToDateTimeOffset();
    }

    private void Queue(params string[] callers)
    {
        foreach (string caller in callers)
        {
            FitState state = new()
            {
                Id = FormattableString.Invariant($"{caller}{_arrivals}"),
                ModelId = "m",
                Created = DateTimeOffset.UnixEpoch,
                CreatedBy = caller,
            };
            _queued.Add(new FitJob(new FitRow(_arrivals++, 0, 0, state), 10));
            _turns.Queued(caller);
        }
    }

    private string RunNext()
    {
        FitJob job = _turns.Next(_queued)!;
        _turns.Begun(job.Caller);
        _queued.Remove(job);
        if (!_queued.Exists(other => other.Caller == job.Caller))
        {
            _turns.Left(job.Caller);
        }

        job.Dispose();
        return job.Id;
    }

    private List<string> RunAll()
    {
        List<string> run = [];
        while (_queued.Count > 0)
        {
            run.Add(RunNext());
        }

        return run;
    }
}
