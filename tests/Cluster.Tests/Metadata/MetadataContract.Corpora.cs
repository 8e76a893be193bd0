using TopicGrpc.Server.Corpora;
using TopicGrpc.V1;

namespace TopicGrpc.Cluster.Tests.Metadata;

public abstract partial class MetadataContract
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void Corpora_AddedUpdatedRemoved_AreSoAfterARestart()
    {
        CorpusTable table = new(Database);
        CorpusRow news = new("news", "News \u00e9\ud83d\ude80 'quoted'", Now, "r1")
        {
            Retention = TimeSpan.FromDays(400),
            Given = new DeclaredEmbeddings(3, "own"),
        };
        Assert.True(table.TryAdd(news));
        Assert.True(table.TryAdd(news with { Id = "old" }));
        Assert.False(table.TryAdd(news with { DisplayName = "Other" }));
        Assert.NotNull(table.TryUpdate("news", static row => row with { DisplayName = "Changed", Retention = TimeSpan.Zero }));
        Assert.Null(table.TryUpdate("none", static row => row));
        Assert.True(table.Remove("old"));
        Assert.False(table.Remove("old"));

        CorpusTable reopened = new(_metadata.Value.Reopen());

        Assert.Equal([news with { DisplayName = "Changed", Retention = TimeSpan.Zero }], reopened.All);
    }

    [Fact]
    public void Corpora_NamesOfAnyCase_AreInTheOrderOfTheirCodePoints()
    {
        CorpusTable table = new(Database);
        foreach (string id in new[] { "b", "Z", "a-1", "a", "a_1", "a1", "A" })
        {
            table.TryAdd(new CorpusRow(id, id, Now, string.Empty));
        }

        string[] stored = [.. Database.Read(static connection => Server.Storage.MetadataCommands.Query(
            connection, "SELECT id FROM corpora ORDER BY id", static row => row.GetString(0)))];

        Assert.Equal(["A", "Z", "a", "a-1", "a1", "a_1", "b"], stored);
        Assert.Equal(stored, table.All.Select(static row => row.Id));
    }

    [Fact]
    public async Task Corpora_ManyAddOneId_OneSucceeds()
    {
        CorpusTable table = new(Database);

        bool[] added = await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => Task.Run(
            () => table.TryAdd(new CorpusRow("news", FormattableString.Invariant($"{racer}"), Now, string.Empty)), Token)));

        Assert.Single(added, static won => won);
        Assert.Equal(FormattableString.Invariant($"{Array.IndexOf(added, true)}"), table.Find("news")!.DisplayName);
    }

    [Fact]
    public async Task Erasures_RunThenEnd_KeepReceiptsAndForgetPlaces()
    {
        ErasureTable table = new(Database);
        ErasureRow first = Row("e1", "r1", [3, 700_000]);
        table.Add(first, maxStored: 0);
        Assert.Equal([3, 700_000], table.PlacesOf("news", "f1").Order());

        ErasureTable restarted = new(_metadata.Value.Reopen());
        Assert.Equal([3, 700_000], restarted.PlacesOf("news", "f1").Order());
        Assert.Equal("r1", Assert.Single(restarted.Running()).RequestId);
        Erasure ended = first.Receipt.Clone();
        ended.State = Erasure.Types.State.Succeeded;
        await restarted.EndAsync([ended]);

        Assert.Empty(new ErasureTable(Database).Running());
        Assert.Equal(ended, await restarted.FindAsync(ended.Name, Token));
        Assert.Equal(ended, await restarted.FindByRequestAsync("news", "r1", Token));
        Assert.Null(await restarted.FindByRequestAsync("sport", "r1", Token));
        Assert.Equal(1, Scalar("SELECT count(*) FROM erasures WHERE places IS NULL"));
    }

    [Fact]
    public async Task Erasures_MoreThanTheLimit_TheOldestEndedOnesAreDeleted()
    {
        ErasureTable table = new(Database);
        for (int number = 0; number < 5; number++)
        {
            ErasureRow row = Row(FormattableString.Invariant($"e{number}"), string.Empty, number == 0 ? [1] : []);
            row.Receipt.State = number == 0 ? Erasure.Types.State.Running : Erasure.Types.State.Succeeded;
            table.Add(row, maxStored: 2);
        }

        // The running one is kept beyond the limit.
        Assert.NotNull(await table.FindAsync("corpora/news/erasures/e0", Token));
        Assert.Null(await table.FindAsync("corpora/news/erasures/e1", Token));
        Assert.Null(await table.FindAsync("corpora/news/erasures/e2", Token));
        Assert.NotNull(await table.FindAsync("corpora/news/erasures/e4", Token));
    }

    private static ErasureRow Row(string id, string requestId, int[] places) => new(
        "news",
        requestId,
        "f1",
        places,
        new Erasure { Name = "corpora/news/erasures/" + id, State = Erasure.Types.State.Running });
}
