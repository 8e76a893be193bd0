using System.Globalization;
using Npgsql;
using TopicGrpc.Cluster.Postgres;

namespace TopicGrpc.Cluster.Silo;

/// <summary>Connections of the silo to the table of silos: few, with the limits of the server's own.</summary>
internal static class SiloDatabase
{
    private const int MaxConnections = 4;

    /// <summary>Returns the connection string.</summary>
    public static string ConnectionString(PostgresOptions options)
    {
        NpgsqlConnectionStringBuilder settings = new(options.ConnectionString)
        {
            ApplicationName = "topicgrpc silo",
            CommandTimeout = Seconds(options.StatementTimeout),
            Enlist = false,
            IncludeErrorDetail = false,
            KeepAlive = 30,
            MaxPoolSize = MaxConnections,
            MinPoolSize = 0,
            Timeout = Seconds(options.ConnectTimeout),
        };
        if (settings.Host!.Contains(',', StringComparison.Ordinal))
        {
            settings.TargetSessionAttributes = "primary";
        }

        string limit = ((long)options.StatementTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        settings.Options = $"{settings.Options} -c statement_timeout={limit}".TrimStart();
        return settings.ConnectionString;
    }

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
