using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// Connections of the ledger. They are apart from those of the metadata: a publication reserves many objects and must not delay the calls
/// of clients.
/// </summary>
internal sealed class LedgerSource : IDisposable
{
    private const int MaxConnections = 4;

    private readonly NpgsqlDataSource _source;

    /// <param name="options">Connection and limits.</param>
    /// <param name="database">The metadata, whose opening has migrated the tables.</param>
    public LedgerSource(IOptions<PostgresOptions> options, MetadataDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        _source = PostgresSource.Create(options.Value, MaxConnections);
    }

    /// <summary>The connections.</summary>
    public DbDataSource Connections => _source;

    /// <summary>Acquires a lease for work that one member at a time should do.</summary>
    /// <param name="name">Name of the lease.</param>
    /// <param name="owner">Owner of the lease.</param>
    /// <param name="timeout">Time after which another owner may acquire it.</param>
    /// <returns>Whether the owner has the lease.</returns>
    public bool TryAcquireLease(string name, string owner, TimeSpan timeout)
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        return ServerLease.TryAcquire(connection, name, owner, timeout) is not null;
    }

    public void Dispose() => _source.Dispose();
}
