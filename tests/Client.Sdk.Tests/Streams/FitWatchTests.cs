using Grpc.Core;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Sdk.Tests.Fakes;
using TopicGrpc.Client.Settings;
using Fit = TopicGrpc.V1.Fit;

namespace TopicGrpc.Client.Sdk.Tests.Streams;

public sealed class FitWatchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WatchAsync_ConnectionsBreak_EveryEventComesOnceInOrder()
    {
        FakeFitService service = Succeeding(events: 20, breakAfter: 3);
        await using FakeServer server = await FakeServer.StartAsync(fits: service);
        using TopicGrpcClient client = Client(server.Address);

        List<long> sequences = await client.Fits.WatchAsync("one", cancellationToken: Token)
            .Select(static change => change.Sequence)
            .ToListAsync(Token);

        Assert.Equal(Enumerable.Range(1, 20).Select(static index => (long)index), sequences);
        Assert.Equal([0, 3, 6, 9, 12, 15, 18], service.WatchedAfter);
    }

    [Fact]
    public async Task WatchAsync_EventsForgotten_GoesOnWithTheOldestKept()
    {
        FakeFitService service = Succeeding(events: 10, breakAfter: 0);
        service.FirstKept = 7;
        await using FakeServer server = await FakeServer.StartAsync(fits: service);
        using TopicGrpcClient client = Client(server.Address);

        List<long> sequences = await client.Fits.WatchAsync("one", afterSequence: 2, Token)
            .Select(static change => change.Sequence)
            .ToListAsync(Token);

        Assert.Equal([7, 8, 9, 10], sequences);
    }

    [Fact]
    public async Task FitAsync_Succeeds_ReturnsVersionReportAndProgress()
    {
        FakeFitService service = Succeeding(events: 5, breakAfter: 2);
        await using FakeServer server = await FakeServer.StartAsync(fits: service);
        using TopicGrpcClient client = Client(server.Address);
        List<FitProgress> seen = [];

        FitResult result = await client.FitAsync(
            new FitRequest("news", "june") { Labels = ["stable"], Settings = new FitSettings { Reduction = TopicReduction.To(40) } },
            new SynchronousProgress<FitProgress>(seen.Add),
            Token);

        Assert.Equal(9, result.Version);
        Assert.Equal(100, result.Report.DocumentCount);
        Assert.Equal(5, seen.Count);
        Assert.Equal(FitStage.Embedding, seen[0].Stage);
        Assert.Equal("models/news", service.Started.Single().Model);
        Assert.Equal(40, service.Started.Single().Settings.NrTopics);
        Assert.NotEmpty(service.Started.Single().RequestId);
    }

    [Fact]
    public async Task WaitAsync_AttachedByName_ThrowsFitFailedWithReasonAndReport()
    {
        FakeFitService service = new();
        service.Events.Add(new Fit
        {
            Name = "fits/one",
            Model = "models/news",
            Corpus = "corpora/june",
            State = Fit.Types.State.Failed,
            Error = Refusals.Make(StatusCode.FailedPrecondition, "TOO_FEW_DOCUMENTS").GetRpcStatus(),
            Report = new V1.FitReport { Warnings = { "Too few." } },
        });
        await using FakeServer server = await FakeServer.StartAsync(fits: service);
        using TopicGrpcClient client = Client(server.Address);

        FitFailedException failed = await Assert.ThrowsAsync<FitFailedException>(
            () => client.Fits.Attach("one").WaitAsync(cancellationToken: Token));

        Assert.Equal("TOO_FEW_DOCUMENTS", failed.Reason);
        Assert.Equal(["Too few."], failed.Report!.Warnings);
        Assert.Equal(FitState.Failed, failed.Fit.State);
    }

    private static FakeFitService Succeeding(int events, int breakAfter)
    {
        FakeFitService service = new() { BreakAfter = breakAfter };
        for (int index = 1; index < events; index++)
        {
            service.Events.Add(new Fit
            {
                Name = "fits/one",
                Model = "models/news",
                Corpus = "corpora/june",
                State = Fit.Types.State.Running,
                Stage = Fit.Types.Stage.Embedding,
            });
        }

        service.Events.Add(new Fit
        {
            Name = "fits/one",
            Model = "models/news",
            Corpus = "corpora/june",
            State = Fit.Types.State.Succeeded,
            ModelVersion = "models/news/versions/9",
            Report = new V1.FitReport { DocumentCount = 100 },
        });
        return service;
    }

    private static TopicGrpcClient Client(Uri address) => new(new TopicGrpcClientOptions
    {
        Address = address,
        Retry = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(10) },
    });
}
