using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Tests.Metadata;

/// <summary>
/// What the server expects of its metadata database, on SQLite and on PostgreSQL: transactions that interfere with nothing, and tables that
/// behave in the same way on both.
/// </summary>
public abstract partial class MetadataContract : IDisposable
{
    private const int Racers = 32;

    private readonly Lazy<TestMetadata> _metadata;

    protected MetadataContract() => _metadata = new Lazy<TestMetadata>(Create);

    private MetadataDatabase Database => _metadata.Value.Database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Write_BodyFails_ChangesNothing()
    {
        Assert.Throws<FormatException>(() => Database.Write<int>(static connection =>
        {
            connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 1, 1)");
            throw new FormatException();
        }));

        Assert.Equal(0, Count("models"));
        Assert.False(Database.IsFailing);
    }

    [Fact]
    public void Write_RuleOfATableIsBroken_ChangesNothingAndTheDatabaseWorks()
    {
        Assert.ThrowsAny<System.Data.Common.DbException>(() => Database.Write(static connection =>
        {
            connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 1, 1)");
            return connection.Execute("INSERT INTO labels (model, label, number) VALUES ('none', 'a', 1)");
        }));

        Assert.Equal(0, Count("models"));
        Assert.False(Database.IsFailing);
    }

    [Fact]
    public async Task WriteAsync_ManyTransactionsReadAndUpdateOneRow_LosesNoUpdate()
    {
        Database.Write(static connection => connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 1, 0)"));

        await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => Database.WriteAsync(
            static connection =>
            {
                long before = connection.Query("SELECT last_version FROM models WHERE id = 'm'", static row => row.GetInt64(0))[0];
                return connection.Execute("UPDATE models SET last_version = @next WHERE id = 'm'", ("@next", before + 1));
            },
            Token)));

        Assert.Equal(Racers, Scalar("SELECT last_version FROM models"));
    }

    [Fact]
    public async Task WriteAsync_EachTransactionInsertsIfThereIsNoRow_OneRowExists()
    {
        int[] inserted = await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => Database.WriteAsync(
            connection => connection.Query("SELECT count(*) FROM models", static row => row.GetInt64(0))[0] > 0
                ? 0
                : connection.Execute(
                    "INSERT INTO models (id, created, last_version) VALUES (@id, 1, 1)",
                    ("@id", FormattableString.Invariant($"m{racer}"))),
            Token)));

        Assert.Equal(1, inserted.Sum());
        Assert.Equal(1, Count("models"));
    }

    [Fact]
    public async Task Read_WhileRowsMoveBetweenTables_SeesEachRowOnce()
    {
        Database.Write(static connection => connection.Execute("INSERT INTO pending_folders (model, number) VALUES ('m', 1)"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var mover = Task.Run(
            () =>
            {
                for (int step = 0; !stop.IsCancellationRequested; step++)
                {
                    bool isForward = step % 2 == 0;
                    Database.Write(connection => connection.Execute(isForward
                            ? "INSERT INTO models (id, created, last_version) VALUES ('m', 1, 1)"
                            : "INSERT INTO pending_folders (model, number) VALUES ('m', 1)")
                        + connection.Execute(isForward ? "DELETE FROM pending_folders" : "DELETE FROM models"));
                }
            },
            Token);

        for (int read = 0; read < 50; read++)
        {
            (long models, long folders) = Database.Read(static connection => (
                connection.Query("SELECT count(*) FROM models", static row => row.GetInt64(0))[0],
                connection.Query("SELECT count(*) FROM pending_folders", static row => row.GetInt64(0))[0]));
            Assert.Equal(1, models + folders);
        }

        await stop.CancelAsync();
        await mover;
    }

    [Fact]
    public async Task WriteAsync_TokenIsCanceledBefore_ChangesNothing()
    {
        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Database.WriteAsync(
            static connection => connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 1, 1)"), canceled.Token));

        Assert.Equal(0, Count("models"));
    }

    private protected abstract TestMetadata Create();

    protected virtual void Dispose(bool disposing)
    {
        if (_metadata.IsValueCreated)
        {
            _metadata.Value.Dispose();
        }
    }

    private long Count(string table) => Scalar("SELECT count(*) FROM " + table);

    private long Scalar(string sql) => Database.Read(connection => connection.Query(sql, static row => row.GetInt64(0))[0]);
}
