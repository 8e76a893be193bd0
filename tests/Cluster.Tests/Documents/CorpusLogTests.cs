using Npgsql;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Cluster.Tests.Documents;

/// <summary>The contract of the log on a real database and an object store.</summary>
public sealed class CorpusLogTests(PostgresServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_SamePlaceTwice_OneIsRejected()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        PlannedRecords first = await PlanAsync(shared, "s", 1);
        PlannedRecords second = await PlanAsync(shared, "t", 2) with { LogId = first.LogId };

        LogAppend[] outcomes = await Task.WhenAll(AppendAsync(shared, first), AppendAsync(shared, second));

        Assert.Single(outcomes, static outcome => outcome.IsAppended);
        Assert.All(outcomes, static outcome => Assert.Empty(outcome.LostSessions));
        CorpusLogEntry entry = Assert.Single(await shared.Log.ListAsync(first.LogId, 0, 10, Token));
        PlannedRecords winner = outcomes[0].IsAppended ? first : second;
        Assert.Equal(winner.Records.Select(static record => record.ToArray()), await shared.Log.ReadAsync(entry, Token));
        Assert.Equal(new CorpusLogState(first.LogId, 1, winner.Totals), await shared.Log.FindAsync(TestMember.CorpusId, Token));
    }

    [Fact]
    public async Task Append_SessionHasAnotherOwner_NamesTheSessionAndChangesNothing()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        PlannedRecords planned = await PlanAsync(shared, "s", 1);
        await shared.Log.OpenSessionAsync(TestMember.CorpusId, "s", Token);

        LogAppend outcome = await AppendAsync(shared, planned);

        Assert.False(outcome.IsAppended);
        Assert.Equal(["s"], outcome.LostSessions);
        Assert.Empty(await shared.Log.ListAsync(planned.LogId, 0, 10, Token));
    }

    [Fact]
    public async Task CloseSession_OwnerWasReplaced_KeepsTheNewOwner()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        PlannedRecords old = await PlanAsync(shared, "s", 1);
        PlannedRecords planned = await PlanAsync(shared, "s", 1);

        await shared.Log.CloseSessionAsync(TestMember.CorpusId, "s", old.Owners["s"], Token);

        Assert.True((await AppendAsync(shared, planned)).IsAppended);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Append_ConnectionIsCutAtTheCommit_AddsOneEntry(bool hasReachedTheDatabase)
    {
        string direct = postgres.CreateDatabase();
        await using CutProxy proxy = new(postgres.Port);
        using SharedDocuments shared = new(new NpgsqlConnectionStringBuilder(direct) { Port = proxy.Port }.ConnectionString);
        PlannedRecords planned = await PlanAsync(shared, "s", 3);
        StoredRecords stored = await shared.Log.StoreAsync(planned, null, Token);

        proxy.CutAt("COMMIT", hasReachedTheDatabase);
        LogAppend outcome = await shared.Log.AppendAsync(planned, stored, Token);

        Assert.Equal(1, proxy.Cuts);
        Assert.True(outcome.IsAppended);
        Assert.Equal(stored.Key, Assert.Single(await shared.Log.ListAsync(planned.LogId, 0, 10, Token)).Content.Key);
    }

    [Fact]
    public async Task Store_EarlierAttemptHasTheSameRecords_UsesItsObjectWithinTheWindow()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        PlannedRecords planned = await PlanAsync(shared, "s", 1);
        StoredRecords first = await shared.Log.StoreAsync(planned, null, Token);

        StoredRecords last = await shared.Log.StoreAsync(planned with { Number = RecordKeys.Window }, first, Token);
        StoredRecords late = await shared.Log.StoreAsync(planned with { Number = RecordKeys.Window + 1 }, first, Token);
        StoredRecords other = await shared.Log.StoreAsync(planned with { Records = [new byte[] { 9, 9 }] }, first, Token);

        Assert.Equal(first, last);
        Assert.NotEqual(first.Key, late.Key);
        Assert.NotEqual(first.Key, other.Key);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_ObjectIsMissingOrDamaged_ReportsIt(bool isMissing)
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        PlannedRecords planned = await PlanAsync(shared, "s", 1);
        await AppendAsync(shared, planned);
        CorpusLogEntry entry = Assert.Single(await shared.Log.ListAsync(planned.LogId, 0, 10, Token));
        string path = Path.Combine(shared.Objects, entry.Content.Key);
        if (isMissing)
        {
            File.Delete(path);
        }
        else
        {
            byte[] bytes = await File.ReadAllBytesAsync(path, Token);
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(path, bytes, Token);
        }

        InvalidDataException failure =
            await Assert.ThrowsAsync<InvalidDataException>(() => shared.Log.ReadAsync(entry, Token));

        Assert.Contains(entry.Content.Key, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_UnusedObjects_DeletesThoseWhoseWindowIsOver()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        PlannedRecords planned = await PlanAsync(shared, "s", 1);
        RecordSweep sweep = new(shared.Contents, shared.Database);
        string lost = (await shared.Log.StoreAsync(planned with { Records = [new byte[] { 7 }] }, null, Token)).Key;
        List<string> used = [];
        for (int number = 1; number < RecordKeys.Window; number++)
        {
            used.Add((await AppendedAsync(shared, planned with { Number = number })).Key);
        }

        Assert.Equal(0, await sweep.RunAsync(Token));
        Assert.Contains(lost, await shared.KeysAsync());
        used.Add((await AppendedAsync(shared, planned with { Number = RecordKeys.Window })).Key);

        Assert.Equal(1, await sweep.RunAsync(Token));
        Assert.Equal(used.Order(StringComparer.Ordinal), await shared.KeysAsync());
    }

    [Fact]
    public async Task Sweep_CorpusIsDeleted_DeletesItsObjects()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember member = shared.Start("a");
        await member.CreateAsync();
        await member.AddAsync("s", "d1");
        Assert.Single(await shared.KeysAsync());

        await member.Store.DeleteAsync(TestMember.CorpusId, Token);
        int deleted = await new RecordSweep(shared.Contents, shared.Database).RunAsync(Token);

        Assert.Equal(1, deleted);
        Assert.Empty(await shared.KeysAsync());
    }

    private static async Task<PlannedRecords> PlanAsync(SharedDocuments shared, string session, byte content)
    {
        if (await shared.Log.FindAsync(TestMember.CorpusId, Token) is null)
        {
            await shared.Start("creator").CreateAsync();
        }

        CorpusLogState state = (await shared.Log.FindAsync(TestMember.CorpusId, Token))!;
        long owner = (await shared.Log.OpenSessionAsync(TestMember.CorpusId, session, Token))!.Value;
        return new PlannedRecords(
            TestMember.CorpusId,
            state.Id,
            state.Entries + 1,
            [new[] { content }, Array.Empty<byte>(), new[] { content, content }],
            new DocumentTotals(content, 10, 3),
            new Dictionary<string, long> { [session] = owner });
    }

    private static async Task<LogAppend> AppendAsync(SharedDocuments shared, PlannedRecords planned) =>
        await shared.Log.AppendAsync(planned, await shared.Log.StoreAsync(planned, null, Token), Token);

    private static async Task<StoredRecords> AppendedAsync(SharedDocuments shared, PlannedRecords planned)
    {
        StoredRecords stored = await shared.Log.StoreAsync(planned, null, Token);
        Assert.True((await shared.Log.AppendAsync(planned, stored, Token)).IsAppended);
        return stored;
    }
}
