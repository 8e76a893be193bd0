using System.Data.Common;
using Microsoft.Data.Sqlite;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Artifacts;

/// <summary>The ledger in SQLite.</summary>
public sealed class SqliteLedgerTests : SqlLedgerContract
{
    private readonly TempFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private protected override DbDataSource CreateDatabase() =>
        SqliteFactory.Instance.CreateDataSource($"Data Source={_folder.At("ledger.db")};Pooling=False");
}
