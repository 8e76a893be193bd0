using Google.Protobuf;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;
using TrafficPolicy = TopicGrpc.Server.Models.TrafficPolicy;
using TrafficTarget = TopicGrpc.Server.Models.TrafficTarget;

namespace TopicGrpc.Cluster.Tests.Metadata;

public abstract partial class MetadataContract
{
    [Fact]
    public async Task Versions_ManyAllotANumber_NoNumberIsUsedTwice()
    {
        ModelTable table = new(Database, TimeProvider.System);

        long[] numbers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => table.AllotNumberAsync("m", Token)));

        Assert.Equal(numbers.Length, numbers.Distinct().Count());
        Assert.Equal(numbers.Order(), table.ListPending().Select(static pending => pending.Number).Order());
        long next = await new ModelTable(_metadata.Value.Reopen(), TimeProvider.System).AllotNumberAsync("m", Token);
        Assert.True(next > numbers.Max());
    }

    [Fact]
    public async Task Versions_AddedAndRemoved_AreSoAfterARestart()
    {
        ModelTable table = new(Database, TimeProvider.System);
        await AddAsync(table, 1, "stable");
        await AddAsync(table, 2, "stable", "next");

        Assert.Equal(1, await table.FindPreviousAsync("m", "stable", Token));
        await table.RemoveAsync("m", 1);

        table = new ModelTable(_metadata.Value.Reopen(), TimeProvider.System);
        ModelRoute model = Assert.Single(table.ReadAll());
        Assert.Equal([2L], model.Versions.Keys);
        Assert.Equal(2, model.Labels["stable"]);
        Assert.Null(await table.FindPreviousAsync("m", "stable", Token));
        Assert.Equal([("m", 1L)], table.ListPending());
        await table.RemovePendingAsync("m", 1);
        Assert.Empty(table.ListPending());
        Assert.Null(await table.FindContentAsync("m", 1, Token));
    }

    [Fact]
    public async Task Versions_ReportOfMegabytes_IsReadAsItWasWritten()
    {
        ModelTable table = new(Database, TimeProvider.System);
        long number = await table.AllotNumberAsync("m", Token);
        FitReport report = new() { TopicCount = 7 };
        report.Warnings.Add(new string('\u20ac', 3_000_000));
        VersionContent content = new(report, null);

        await table.AddAsync("m", new ModelVersion { VersionNumber = number }, content, []);

        VersionContent? found = await table.FindContentAsync("m", number, Token);
        Assert.Equal(report.ToByteArray(), found!.Report.ToByteArray());
        Assert.Null(found.Operation);
        VersionOperation operation = new() { SetTopicLabels = new() };
        await table.ReplaceOperationAsync("m", number, operation);
        Assert.Equal(operation, (await table.FindContentAsync("m", number, Token))!.Operation);
    }

    [Fact]
    public async Task Labels_MovedAndRolledBack_RememberOneStep()
    {
        ModelTable table = new(Database, TimeProvider.System);
        await AddAsync(table, 3);

        await table.SetLabelAsync("m", "stable", 1);
        await table.SetLabelAsync("m", "stable", 2);
        await table.SetLabelAsync("m", "stable", 2);
        Assert.Equal(1, await table.FindPreviousAsync("m", "stable", Token));
        await table.RollbackAsync("m", "stable");
        Assert.Null(await table.FindPreviousAsync("m", "stable", Token));
        await table.RollbackAsync("m", "stable");

        Assert.Equal(1, table.ReadAll()[0].Labels["stable"]);
    }

    [Fact]
    public async Task Traffic_SetReplacedAndRemoved_IsSoAfterARestart()
    {
        ModelTable table = new(Database, TimeProvider.System);
        await AddAsync(table, 1);
        TrafficPolicy policy = new([new TrafficTarget(1, 9000), new TrafficTarget(2, 1000)], 3, 50, Now);
        await table.SetTrafficAsync("m", policy);
        TrafficPolicy replaced = policy with { Shadow = 0, ShadowSample = 0, Since = Now.AddHours(1) };
        await table.SetTrafficAsync("m", replaced);

        table = new ModelTable(_metadata.Value.Reopen(), TimeProvider.System);
        TrafficPolicy found = table.ReadAll()[0].Traffic!;
        Assert.True(found.HasSameEffect(replaced));
        Assert.Equal(replaced.Since, found.Since);
        await table.SetTrafficAsync("m", policy with { Targets = [], Shadow = 0 });
        Assert.Null(table.ReadAll()[0].Traffic);
    }

    /// <summary>
    /// Racing clients move a label only if it points where they last saw it. Each move writes a number that no other move writes, so that
    /// the successful moves must form one chain whose order agrees with real time.
    /// </summary>
    [Fact]
    public async Task Labels_ComparedAndSetByRacers_FormALinearHistory()
    {
        ModelTable table = new(Database, TimeProvider.System);
        await AddAsync(table, 1);
        await table.SetLabelAsync("m", "stable", 0);
        int clock = 0;
        int numbers = 0;
        System.Collections.Concurrent.ConcurrentBag<LabelMove> moves = [];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (int attempt = 0; attempt < 12; attempt++)
            {
                long expected = await Database.ReadAsync(ReadLabel, Token);
                long next = Interlocked.Increment(ref numbers);
                int started = Interlocked.Increment(ref clock);
                int changed = await Database.WriteAsync(
                    connection => connection.Execute(
                        "UPDATE labels SET number = @next WHERE model = 'm' AND label = 'stable' AND number = @expected",
                        ("@next", next),
                        ("@expected", expected)),
                    Token);
                moves.Add(new LabelMove(expected, next, started, Interlocked.Increment(ref clock), changed == 1));
            }
        }));

        long last = LabelHistory.Check(0, [.. moves]);
        Assert.Equal(last, Database.Read(ReadLabel));
        Assert.Contains(moves, static move => move.HasSucceeded);
    }

    private static long ReadLabel(System.Data.Common.DbConnection connection) =>
        connection.Query("SELECT number FROM labels WHERE model = 'm' AND label = 'stable'", static row => row.GetInt64(0))[0];

    private static async Task AddAsync(ModelTable table, int count, params string[] labels)
    {
        long number = 0;
        while (number < count)
        {
            number = await table.AllotNumberAsync("m", Token);
            await table.AddAsync("m", new ModelVersion { VersionNumber = number }, new VersionContent(null, null), labels);
        }
    }
}
