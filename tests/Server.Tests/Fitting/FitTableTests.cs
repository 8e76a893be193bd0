using Microsoft.Extensions.Options;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Tests.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

/// <summary>Listing fits and resuming them reads states and leaves the megabytes of their requests alone.</summary>
public sealed class FitTableTests
{
    private const int Fits = 40;
    private const long RequestBytes = 1_000_000;

    [Fact]
    public void List_FitsWithLargeRequests_ReadsOnlyTheirStates()
    {
        using TestDatabase data = WithLargeFits(FitStatus.Cancelled);
        FitTable table = new(data.Database);
        table.List(long.MaxValue, 1, string.Empty);
        long before = GC.GetAllocatedBytesForCurrentThread();

        List<FitRow> rows = table.List(long.MaxValue, 1001, "m");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, RequestBytes);
        Assert.Equal(Fits, rows.Count);
        Assert.True(data.Scalar("SELECT sum(length(settings_message)) FROM fit_requests") >= Fits * RequestBytes);
    }

    [Fact]
    public void Resume_UnfinishedFitsWithLargeRequests_ReadsOnlyTheirStates()
    {
        using TestDatabase data = WithLargeFits(FitStatus.Queued);
        FitTable table = new(data.Database);
        table.ListUnfinished();
        using LocalFitStore store = new(table, Options.Create(new FitOptions()), TimeProvider.System);
        long before = GC.GetAllocatedBytesForCurrentThread();

        store.Resume();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, RequestBytes);
        Assert.Equal("f0", store.TryBegin()!.Id);
        Assert.Equal(126_000, store.ReadContent("f0").Settings.Vectorizer.Vocabulary.Count);
    }

    [Fact]
    public void Change_RunningFitWithALargeRequest_AllocatesAndWritesOnlyItsState()
    {
        using TestDatabase data = WithLargeFits(FitStatus.Queued);
        using LocalFitStore store = new(new FitTable(data.Database), Options.Create(new FitOptions()), TimeProvider.System);
        store.Resume();
        FitJob job = store.TryBegin()!;
        job.Change(static state => state with { StageProgress = 0.1 });
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int step = 0; step < 1000; step++)
        {
            job.Change(state => state with { StageProgress = step / 1000.0 });
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 0, 1000);
        Assert.Equal(1000, job.EventsAfter(job.Sequence - 1000).Events.Count);
    }

    private static TestDatabase WithLargeFits(FitStatus status)
    {
        var data = TestDatabase.Create();
        FitTable table = new(data.Database);
        FitSettings settings = LargeSettings.Request(126_000).Settings;
        for (int index = 0; index < Fits; index++)
        {
            FitState state = new()
            {
                Id = FormattableString.Invariant($"f{index}"),
                ModelId = "m",
                CorpusId = "news",
                AssignLabels = ["stable"],
                Created = DateTimeOffset.UnixEpoch,
            };
            FitRequest request = new() { ModelId = "m", AssignLabels = [], Settings = settings, RequestId = string.Empty, Sha256 = [] };
            table.Add(state, request, 0);
            table.Update(state with { Status = status }, 0, 0);
        }

        return data;
    }
}
