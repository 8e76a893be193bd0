using System.ComponentModel.DataAnnotations;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Metadata in PostgreSQL instead of SQLite; section <c>Cluster:Postgres</c>.</summary>
public sealed class PostgresOptions
{
    /// <summary>Name of the section.</summary>
    public const string SectionName = "Cluster:Postgres";

    internal const string ConnectionStringKey = SectionName + ":" + nameof(ConnectionString);

    // Connections beside those of the queue: for work on the thread of the database, for the lease, and two for changes of other members.
    internal const int ReservedConnections = 4;

    /// <summary>
    /// Connection string in the form of Npgsql, for example <c>Host=db;Database=topicgrpc;Username=topicgrpc</c>. Default empty: the
    /// metadata is in SQLite in the data folder.
    /// </summary>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Most connections of one server to the database. Default 16.</summary>
    [Range(4, 1000)]
    public int MaxConnections { get; set; } = 16;

    /// <summary>Time that opening a connection, or waiting for a free one, may take. Default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time that one statement may take; the database cancels the statement then. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time for which a transaction is retried when the connection is lost or other transactions conflict with it. The call fails with
    /// STORAGE_UNAVAILABLE afterwards. Default 10 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time after which another server may take over the database from a server that no longer renews its lease. Default 15 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(15);
}
