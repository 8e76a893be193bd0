using System.Data.Common;
using Microsoft.Data.Sqlite;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Artifacts;

/// <summary>The contract of the ledger in SQLite, and races of its transactions.</summary>
public sealed class SqliteLedgerTests : LedgerContract, IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private DbDataSource _database = null!;

    private protected override IObjectLedger Ledger => new SqlObjectLedger(_database, Clock);

    public async ValueTask InitializeAsync()
    {
        _database = SqliteFactory.Instance.CreateDataSource($"Data Source={_folder.At("ledger.db")};Pooling=False");
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

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
