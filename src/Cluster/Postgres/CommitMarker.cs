using Npgsql;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>
/// A row that each transaction writes first. It fences the transaction with the lease of its server, and shows whether a transaction was
/// committed if the connection was lost during the commit.
/// </summary>
internal static class CommitMarker
{
    /// <summary>Age from which a marker is deleted; longer than any server asks for the outcome of a commit.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// Writes the marker of a transaction. The lock on the row of the lease delays a new owner until the transaction has ended.
    /// </summary>
    /// <returns>Id of the marker.</returns>
    /// <exception cref="LeaseLostException">Another server has acquired the lease.</exception>
    public static Guid Write(NpgsqlConnection connection, ServerLease lease)
    {
        var id = Guid.NewGuid();
        int written = connection.Execute(
            "INSERT INTO commit_markers (id) SELECT @id FROM leases WHERE name = @name AND epoch = @epoch FOR SHARE",
            ("@id", id),
            ("@name", lease.Name),
            ("@epoch", lease.Epoch));
        return written == 1 ? id : throw new LeaseLostException(lease);
    }

    /// <summary>
    /// Returns whether the transaction of a marker has committed. A transaction that still runs is awaited: the insertion of the same id
    /// waits for its end.
    /// </summary>
    public static bool HasCommitted(NpgsqlConnection connection, Guid id) => connection.Execute(
        "INSERT INTO commit_markers (id) VALUES (@id) ON CONFLICT (id) DO NOTHING", ("@id", id)) == 0;

    /// <summary>Deletes the markers that no server asks for any more.</summary>
    public static void DeleteOld(NpgsqlConnection connection) => connection.Execute(
        "DELETE FROM commit_markers WHERE written < clock_timestamp() - @lifetime", ("@lifetime", Lifetime));
}
