using System.Globalization;
using Npgsql;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Connections with the limits of <see cref="PostgresOptions"/>.</summary>
internal static class PostgresSource
{
    // A broken network must not keep a thread longer than the database would keep the statement.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Creates the pool of a server; it opens connections when they are needed. Of several hosts, it uses the primary.</summary>
    /// <param name="options">Connection and limits.</param>
    /// <param name="maxConnections">Most connections of the pool; null: those of the options.</param>
    public static NpgsqlDataSource Create(PostgresOptions options, int? maxConnections = null)
    {
        NpgsqlConnectionStringBuilder settings = new(options.ConnectionString)
        {
            ApplicationName = "topicgrpc",
            CommandTimeout = Seconds(options.StatementTimeout + Grace),
            Enlist = false,
            IncludeErrorDetail = false, // Details quote values of rows.
            KeepAlive = 30,
            MaxAutoPrepare = 64,
            MaxPoolSize = maxConnections ?? options.MaxConnections,
            MinPoolSize = 0,
            Pooling = true,
            Timeout = Seconds(options.ConnectTimeout),
        };
        string limit = ((long)options.StatementTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

        // The limits hold in the database too: a transaction of a paused or cut-off server releases its locks.
        settings.Options = $"{settings.Options} -c statement_timeout={limit} -c idle_in_transaction_session_timeout={limit}".TrimStart();
        NpgsqlDataSourceBuilder builder = new(settings.ConnectionString);
        return settings.Host!.Contains(',', StringComparison.Ordinal)
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
