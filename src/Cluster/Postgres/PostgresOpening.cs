using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Prepares a database for a server: tables, lease, and the comparison with the data folder.</summary>
internal static class PostgresOpening
{
    /// <summary>Name of the lease of the server that may change the metadata.</summary>
    public const string LeaseName = "server";

    private const int OldestServer = 130000;

    /// <summary>Migrates the tables, acquires the lease of the server or of the member, and compares database and folder.</summary>
    /// <exception cref="StartupException">The database cannot be used; the message has the cause and the next step.</exception>
    public static ServerLease Run(
        NpgsqlDataSource source,
        PostgresOptions options,
        DataFolder folder,
        MemberIdentity? member,
        PostgresRetry retry,
        ILogger logger)
    {
        try
        {
            return retry.Run(() => RunOnce(source, options, folder, member, logger));
        }
        catch (Exception exception) when (PostgresErrors.Classify(exception) != StorageError.None)
        {
            NpgsqlConnectionStringBuilder settings = new(options.ConnectionString);
            throw new StartupException(
                FormattableString.Invariant(
                    $"The database '{settings.Database}' at {settings.Host}:{settings.Port} cannot be used: {Reason(exception)}. ")
                + "Check Cluster:Postgres:ConnectionString and the database.",
                exception);
        }
    }

    private static ServerLease RunOnce(
        NpgsqlDataSource source, PostgresOptions options, DataFolder folder, MemberIdentity? member, ILogger logger)
    {
        using NpgsqlConnection connection = source.OpenConnection();
        RequireServer(connection);
        RequireDurable(connection);
        PostgresMigrator.Run(connection, PostgresSchema.Migrations, logger);

        // The lock of the data folder guarantees that the server which used it before has ended.
        string owner = $"{Environment.MachineName}:{folder.Root}";
        ServerLease lease = member is null
            ? OpenAlone(connection, options, folder, owner, logger)
            : OpenAsMember(connection, options, folder, member, owner);
        FolderIdentity.SetExternal(folder, "PostgreSQL");
        return lease;
    }

    private static ServerLease OpenAlone(
        NpgsqlConnection connection, PostgresOptions options, DataFolder folder, string owner, ILogger logger)
    {
        ServerLease lease = ServerLease.TryAcquire(connection, LeaseName, owner, options.LeaseTimeout) ?? throw new StartupException(
            $"The metadata database is in use by {ServerLease.Describe(connection, LeaseName)}. Stop that server, or wait until its lease "
            + $"has expired ({Seconds(options.LeaseTimeout)} s after its end).");
        if (ClusterMark.Exists(connection))
        {
            lease.Release(connection);
            throw new StartupException(
                "The metadata database belongs to a cluster, whose documents and versions are in an object store. Set "
                + "Cluster:ObjectStore:Folder or Cluster:ObjectStore:S3:Bucket.",
                StartupException.UsageError);
        }

        SqliteImport.Run(connection, folder, lease, logger);
        FolderIdentity.Require(connection, folder);
        return lease;
    }

    private static ServerLease OpenAsMember(
        NpgsqlConnection connection, PostgresOptions options, DataFolder folder, MemberIdentity member, string owner)
    {
        ClusterMark.Set(connection, LeaseName, options.LeaseTimeout);
        ServerLease lease = ServerLease.TryAcquire(connection, member.LeaseName, owner, options.LeaseTimeout)
            ?? throw new StartupException(
                $"Cluster:Member:Id: the id '{member.Id}' is in use by {ServerLease.Describe(connection, member.LeaseName)}. Choose "
                + $"another id, or wait until that lease has expired ({Seconds(options.LeaseTimeout)} s after the end of its server).");
        FolderIdentity.RequireMember(connection, folder);
        return lease;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    private static void RequireServer(NpgsqlConnection connection)
    {
        string number = connection.Query("SHOW server_version_num", static row => row.GetString(0))[0];
        int version = int.Parse(number, CultureInfo.InvariantCulture);
        string encoding = connection.Query("SHOW server_encoding", static row => row.GetString(0))[0];
        if (version < OldestServer)
        {
            throw new StartupException($"The metadata database is PostgreSQL {version / 10000}; this server needs 13 or newer.");
        }

        if (encoding != "UTF8")
        {
            throw new StartupException($"The metadata database has the encoding {encoding}. Create it with ENCODING 'UTF8'.");
        }
    }

    private static void RequireDurable(NpgsqlConnection connection)
    {
        if (connection.Query("SHOW synchronous_commit", static row => row.GetString(0))[0] == "off")
        {
            throw new StartupException(
                "The metadata database has synchronous_commit = off, so that a crash would lose acknowledged changes. Set it to on for the "
                + "database or the role of this server.");
        }
    }

    private static string Reason(Exception exception) => exception switch
    {
        PostgresException refusal => refusal.MessageText,
        { InnerException: { } inner } => $"{exception.Message.TrimEnd('.')} ({inner.Message.TrimEnd('.')})",
        _ => exception.Message.TrimEnd('.'),
    };
}
