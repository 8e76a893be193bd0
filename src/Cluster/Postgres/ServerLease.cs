using System.Globalization;
using Npgsql;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>
/// The right of one server to change the database. Each acquisition has a higher epoch, and every transaction locks the row of its epoch,
/// so that a server which was replaced while it was paused changes nothing. Only the clock of the database is used.
/// </summary>
/// <param name="Name">Name of the lease.</param>
/// <param name="Epoch">Number of the acquisition.</param>
/// <param name="Owner">Machine and data folder of the server.</param>
internal sealed record ServerLease(string Name, long Epoch, string Owner)
{
    /// <summary>Acquires a lease that is free, expired, or owned by an earlier process of the same owner.</summary>
    /// <param name="connection">Connection without a transaction.</param>
    /// <param name="name">Name of the lease.</param>
    /// <param name="owner">Owner; the lock of its data folder guarantees that no earlier process runs.</param>
    /// <param name="timeout">Age of the last renewal from which the lease is expired.</param>
    /// <returns>Null if another owner has the lease.</returns>
    public static ServerLease? TryAcquire(NpgsqlConnection connection, string name, string owner, TimeSpan timeout)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction();
        connection.Execute("INSERT INTO leases (name, epoch, owner) VALUES (@name, 0, '') ON CONFLICT (name) DO NOTHING", ("@name", name));

        // Waits for transactions of the earlier owner, which lock the row, at most for their time limit.
        (long epoch, string current) = connection.Query(
            "SELECT epoch, owner FROM leases WHERE name = @name FOR UPDATE",
            static row => (row.GetInt64(0), row.GetString(1)),
            ("@name", name))[0];

        // A statement of its own: it must see what was committed while this transaction waited for the lock.
        bool isAlive = connection.Query(
            "SELECT 1 FROM lease_renewals WHERE name = @name AND epoch = @epoch AND renewed > clock_timestamp() - @timeout",
            static row => row.GetInt32(0),
            ("@name", name),
            ("@epoch", epoch),
            ("@timeout", timeout)).Count > 0;
        if (isAlive && current.Length > 0 && current != owner)
        {
            return null;
        }

        ServerLease lease = new(name, epoch + 1, owner);
        connection.Execute(
            "UPDATE leases SET epoch = @epoch, owner = @owner WHERE name = @name",
            ("@epoch", lease.Epoch),
            ("@owner", owner),
            ("@name", name));
        lease.TryRenew(connection);
        transaction.Commit();
        return lease;
    }

    /// <summary>Renews the lease.</summary>
    /// <returns>False if another server has acquired it.</returns>
    public bool TryRenew(NpgsqlConnection connection) => connection.Execute(
        """
        INSERT INTO lease_renewals (name, epoch, renewed)
        SELECT name, epoch, clock_timestamp() FROM leases WHERE name = @name AND epoch = @epoch
        ON CONFLICT (name) DO UPDATE SET epoch = @epoch, renewed = clock_timestamp() WHERE lease_renewals.epoch <= @epoch
        """,
        ("@name", Name),
        ("@epoch", Epoch)) == 1;

    /// <summary>Releases the lease, so that the next server need not wait.</summary>
    public void Release(NpgsqlConnection connection) => connection.Execute(
        "UPDATE leases SET owner = '' WHERE name = @name AND epoch = @epoch", ("@name", Name), ("@epoch", Epoch));

    /// <summary>Describes who has a lease and when it was renewed.</summary>
    public static string Describe(NpgsqlConnection connection, string name) => connection.Query(
        """
        SELECT l.owner, round(extract(epoch FROM clock_timestamp() - r.renewed))::bigint
        FROM leases AS l JOIN lease_renewals AS r USING (name) WHERE name = @name
        """,
        static row => string.Create(
            CultureInfo.InvariantCulture, $"'{row.GetString(0)}', which renewed its lease {row.GetInt64(1)} seconds ago"),
        ("@name", name)).FirstOrDefault("another server");
}
