using System.Data.Common;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Postgres;

namespace TopicGrpc.Cluster.Tests.Artifacts;

/// <summary>The contract of the ledger in a database, and races of its transactions.</summary>
public abstract class SqlLedgerContract : LedgerContract, IAsyncLifetime
{
    private DbDataSource _database = null!;

    private protected override IObjectLedger Ledger => new SqlObjectLedger(_database, Clock);

    public async ValueTask InitializeAsync()
    {
        _database = CreateDatabase();
        await using DbConnection connection = await _database.OpenConnectionAsync(Token);
        await using DbCommand create = connection.CreateCommand();
        create.CommandText = LedgerSchema.Sql;
        await create.ExecuteNonQueryAsync(Token);
        await create.ExecuteNonQueryAsync(Token);
    }

    [Fact]
    public async Task Commit_8PublicationsOfOneOwner_OneWins()
    {
        string[] publications = [.. Enumerable.Range(0, 8).Select(static index => FormattableString.Invariant($"{index:x32}"))];
        foreach (string publication in publications)
        {
            await Ledger.BeginAsync(publication, Token);
            await Ledger.ReserveAsync(publication, [A, B], Token);
        }

        bool[] won = await Task.WhenAll(
            publications.Select(publication => Task.Run(() => Ledger.CommitAsync(publication, "owner-1", Token), Token)));

        Assert.Single(won, static one => one);
    }

    [Fact]
    public async Task Reserve_WhileTheObjectIsCondemned_EitherSharesItOrWritesAnotherKey()
    {
        for (int round = 0; round < 20; round++)
        {
            string first = FormattableString.Invariant($"{2 * round:x32}");
            string second = FormattableString.Invariant($"{(2 * round) + 1:x32}");
            LedgerEntry entry = new(FormattableString.Invariant($"{round:x64}"), 5);
            string key = await CommittedAsync(first, $"owner-{first}", entry);
            await Ledger.ReleaseAsync($"owner-{first}", TimeSpan.Zero, Token);
            await Ledger.BeginAsync(second, Token);

            Task<IReadOnlyList<string>> condemn = Task.Run(() => Ledger.CondemnAsync(10, Token), Token);
            Task<IReadOnlyList<Reservation>> reserve = Task.Run(() => Ledger.ReserveAsync(second, [entry], Token), Token);

            // The condemned key and the reserved key are never the same.
            IReadOnlyList<string> condemned = await condemn;
            Assert.DoesNotContain(Assert.Single(await reserve).Key, condemned);
            await Ledger.ForgetAsync(condemned, Token);
            Assert.Equal(condemned, await Ledger.FindUnknownAsync([key], Token));
        }
    }

    [Fact]
    public async Task Release_8OwnersOfOneObjectAtOnce_FreesItWithTheLast()
    {
        string key = await CommittedAsync(FormattableString.Invariant($"{0:x32}"), "owner-0", A);
        for (int index = 1; index < 8; index++)
        {
            Assert.Equal(key, await CommittedAsync(FormattableString.Invariant($"{index:x32}"), $"owner-{index}", A));
        }

        await Task.WhenAll(Enumerable.Range(1, 7).Select(
            index => Task.Run(() => Ledger.ReleaseAsync($"owner-{index}", TimeSpan.Zero, Token), Token)));
        Assert.Empty(await Ledger.CondemnAsync(10, Token));
        await Ledger.ReleaseAsync("owner-0", TimeSpan.Zero, Token);

        Assert.Equal([key], await Ledger.CondemnAsync(10, Token));
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected abstract DbDataSource CreateDatabase();
}
