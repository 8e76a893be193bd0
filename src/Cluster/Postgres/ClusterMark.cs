using Npgsql;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>
/// The row that says whether a database belongs to a cluster. A single server keeps documents and versions in its folder, a cluster in its
/// object store, so neither can use the database of the other.
/// </summary>
internal static class ClusterMark
{
    /// <summary>Returns whether the database belongs to a cluster.</summary>
    public static bool Exists(NpgsqlConnection connection) =>
        connection.Query("SELECT 1 FROM cluster", static row => row.GetInt32(0)).Count > 0;

    /// <summary>Makes an empty database that of a cluster. Members may call it at the same time.</summary>
    /// <param name="connection">Connection without a transaction.</param>
    /// <param name="leaseName">Name of the lease of a single server, whose row orders this call and the start of such a server.</param>
    /// <param name="leaseTimeout">Age of a renewal from which a lease is expired.</param>
    /// <exception cref="StartupException">The database is in use by a single server, or has its data.</exception>
    public static void Set(NpgsqlConnection connection, string leaseName, TimeSpan leaseTimeout)
    {
        if (Exists(connection))
        {
            return;
        }

        using NpgsqlTransaction transaction = connection.BeginTransaction();
        connection.Execute(
            "INSERT INTO leases (name, epoch, owner) VALUES (@name, 0, '') ON CONFLICT (name) DO NOTHING", ("@name", leaseName));
        connection.Execute("UPDATE leases SET epoch = epoch + 1 WHERE name = @name", ("@name", leaseName));
        if (Exists(connection))
        {
            return; // Another member was faster. The transaction ends without effect.
        }

        RequireUnused(connection, leaseName, leaseTimeout);
        RequireEmpty(connection);
        connection.Execute("UPDATE leases SET owner = '' WHERE name = @name", ("@name", leaseName));
        connection.Execute("INSERT INTO cluster (single) VALUES (1)");
        transaction.Commit();
    }

    private static void RequireUnused(NpgsqlConnection connection, string leaseName, TimeSpan leaseTimeout)
    {
        if (connection.Query(
            """
            SELECT 1 FROM leases AS l JOIN lease_renewals AS r ON r.name = l.name AND r.epoch = l.epoch - 1
            WHERE l.name = @name AND l.owner <> '' AND r.renewed > clock_timestamp() - @timeout
            """,
            static row => row.GetInt32(0),
            ("@name", leaseName),
            ("@timeout", leaseTimeout)).Count > 0)
        {
            throw new StartupException(
                $"The metadata database is in use by {ServerLease.Describe(connection, leaseName)}, a single server. Stop it first, and "
                + "use an empty database for a cluster.");
        }
    }

    private static void RequireEmpty(NpgsqlConnection connection)
    {
        if (connection.Query(
            "SELECT 1 FROM corpora UNION ALL SELECT 1 FROM models UNION ALL SELECT 1 FROM fits LIMIT 1",
            static row => row.GetInt32(0)).Count > 0)
        {
            throw new StartupException(
                "The metadata database has the data of a single server, whose documents and versions are in its folder. Use an empty "
                + "database for the cluster, restore a backup of the server, and import its folder with 'topicgrpc cluster import'.",
                StartupException.DataError);
        }
    }
}
