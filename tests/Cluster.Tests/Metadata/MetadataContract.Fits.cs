using TopicGrpc.Server.Fitting;
using TopicGrpc.V1;
using Row = TopicGrpc.Server.Fitting.FitRow;

namespace TopicGrpc.Cluster.Tests.Metadata;

public abstract partial class MetadataContract
{
    [Fact]
    public void Fits_AddedUpdatedAndEnded_AreSoAfterARestart()
    {
        FitTable table = new(Database);
        FitState state = State("f1") with { CreatedBy = "keys/k", AssignLabels = ["stable", "next"], CorpusId = "news" };
        FitRequest request = RequestOf("r1");
        Row added = table.Add(state, request, lastSequence: 5);
        FitState running = state with { Status = FitStatus.Running, Started = Now.AddTicks(7), DocumentCount = 3_000_000_000 };
        table.Update(running, attempts: 2, lastSequence: 9);
        Assert.Equal(added.Ordinal, Assert.Single(table.ListUnfinished()).Ordinal);

        table = new FitTable(_metadata.Value.Reopen());
        Row row = table.Find("f1")!;
        Assert.Equal((added.Ordinal, 2, 9L), (row.Ordinal, row.Attempts, row.LastSequence));
        AssertSame(running, row.State);
        Assert.Equal("f1", table.FindByRequest("r1")?.Id);
        Assert.Equal(request.Sha256, table.FindByRequest("r1")?.Sha256);
        Assert.Null(table.FindByRequest("r2"));

        FitReport report = new() { TopicCount = 4 };
        FitState ended = running with { Status = FitStatus.Succeeded, Ended = Now.AddDays(1), ModelVersion = "models/m/versions/1" };
        table.End(ended, 2, 10, report);

        AssertSame(ended, table.Find("f1")!.State);
        Assert.Empty(table.ListUnfinished());
        FitContent content = table.ReadContent("f1");
        Assert.Equal((request.Settings, report, request.Operation), (content.Settings, content.Report, content.Operation));
    }

    [Fact]
    public void Fits_Listed_AreNewestFirstByModel()
    {
        FitTable table = new(Database);
        for (int number = 0; number < 6; number++)
        {
            FitState state = State(FormattableString.Invariant($"f{number}")) with { ModelId = number % 2 == 0 ? "even" : "odd" };
            table.Add(state, RequestOf(string.Empty), 0);
        }

        List<Row> first = table.List(long.MaxValue, 2, "even");
        List<Row> second = table.List(first[^1].Ordinal, 2, "even");

        Assert.Equal(["f4", "f2", "f0"], [.. first.Concat(second).Select(static row => row.State.Id)]);
        Assert.Equal(["f5", "f4", "f3"], [.. table.List(long.MaxValue, 3, string.Empty).Select(static row => row.State.Id)]);
    }

    [Fact]
    public void Fits_MoreThanTheLimit_TheOldestEndedOnesAreDeleted()
    {
        FitTable table = new(Database);
        for (int number = 0; number < 5; number++)
        {
            FitState state = State(FormattableString.Invariant($"f{number}"));
            table.Add(state, RequestOf(string.Empty), 0, maxStored: 2);
            if (number > 0)
            {
                table.End(state with { Status = FitStatus.Succeeded, Ended = Now }, 1, 1, new FitReport());
            }
        }

        Assert.Equal(["f4", "f3", "f0"], [.. table.List(long.MaxValue, 9, string.Empty).Select(static row => row.State.Id)]);
        Assert.Equal(3, Count("fit_requests"));
        Assert.Equal(2, Count("fit_reports"));
    }

    [Fact]
    public async Task Fits_AddedByRacersWithOneRequestId_OneIsStored()
    {
        FitTable table = new(Database);

        bool[] added = await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => Task.Run(
            () =>
            {
                try
                {
                    table.Add(State(FormattableString.Invariant($"f{racer}")), RequestOf("r"), 0);
                    return true;
                }
                catch (System.Data.Common.DbException)
                {
                    return false;
                }
            },
            Token)));

        Assert.Single(added, static won => won);
        Assert.Equal((1, 1), (Count("fits"), Count("fit_requests")));
        Assert.Equal(FormattableString.Invariant($"f{Array.IndexOf(added, true)}"), table.FindByRequest("r")?.Id);
    }

    [Fact]
    public async Task Fits_OfErasedDocuments_NameThemNoLonger()
    {
        FitTable table = new(Database);
        FitState state = State("f1") with { CorpusId = "news" };
        table.Add(state, RequestOf(string.Empty) with { Operation = new VersionOperation { SetTopicLabels = new() } }, 0);
        table.End(
            state with { Status = FitStatus.Failed, Ended = Now, Error = new Google.Rpc.Status { Code = 3, Message = "document d7" } },
            attempts: 1,
            lastSequence: 1,
            report: null);

        await table.EraseAsync(
            "news",
            static operation => operation.SetTopicLabels is null ? null : new VersionOperation { ReduceTopics = new() },
            static message => message.Contains("d7", StringComparison.Ordinal));

        Assert.NotNull(table.ReadContent("f1").Operation!.ReduceTopics);
        Google.Rpc.Status error = table.Find("f1")!.State.Error!;
        Assert.Equal(3, error.Code);
        Assert.DoesNotContain("d7", error.Message, StringComparison.Ordinal);
    }

    private static FitState State(string id) => new() { Id = id, ModelId = "m", Created = Now };

    private static FitRequest RequestOf(string requestId) => new()
    {
        ModelId = "m",
        AssignLabels = [],
        RequestId = requestId,
        Sha256 = [1, 2, 3],
        Settings = new FitSettings { Seed = 42 },
    };

    private static void AssertSame(FitState expected, FitState actual)
    {
        Assert.Equal(expected.AssignLabels, actual.AssignLabels);
        Assert.Equal(expected with { AssignLabels = [] }, actual with { AssignLabels = [] });
    }
}
