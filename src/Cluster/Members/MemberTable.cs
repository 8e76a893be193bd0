using System.Data.Common;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Members;

/// <summary>
/// The table <c>members</c>, with one row for each member. A member is live while a row with its id and epoch has the state
/// <see cref="Live"/>. Its right to change something is its lease, whose epoch is raised in the same transaction that declares it dead.
/// </summary>
internal static class MemberTable
{
    /// <summary>State of a live member.</summary>
    public const long Live = 1;

    /// <summary>State of a member whose lease expired.</summary>
    public const long Dead = 2;

    /// <summary>Time for which a dead member is listed.</summary>
    public static readonly TimeSpan DeadLifetime = TimeSpan.FromDays(1);

    /// <summary>Adds or replaces the row of a member that has acquired its lease.</summary>
    public static void Register(DbConnection connection, MemberIdentity identity, long epoch) => connection.Execute(
        """
        INSERT INTO members (id, epoch, state, role, silo_address, release, started, heartbeat, steady_since)
        VALUES (@id, @epoch, 1, @role, '', @release, clock_timestamp(), clock_timestamp(), clock_timestamp())
        ON CONFLICT (id) DO UPDATE SET
            epoch = excluded.epoch, state = 1, role = excluded.role, address = '', silo_address = excluded.silo_address,
            release = excluded.release, started = excluded.started, heartbeat = excluded.heartbeat,
            steady_since = excluded.steady_since, ended = NULL, is_draining = FALSE, applied = 0
        WHERE members.epoch <= excluded.epoch
        """,
        ("@id", identity.Id),
        ("@epoch", epoch),
        ("@role", (long)identity.Role),
        ("@release", identity.Release));

    /// <summary>
    /// Records that a member works. After a gap, it counts as steady only from now on: after an outage of the database every lease has
    /// expired, and the first member that returns must not declare the others dead.
    /// </summary>
    /// <returns>Whether the member drains.</returns>
    public static bool Beat(DbConnection connection, string id, long epoch, TimeSpan leaseTimeout) => connection.Query(
        """
        UPDATE members SET
            steady_since = CASE WHEN heartbeat < clock_timestamp() - @gap THEN clock_timestamp() ELSE steady_since END,
            heartbeat = clock_timestamp()
        WHERE id = @id AND epoch = @epoch
        RETURNING is_draining
        """,
        static row => row.GetBoolean(0),
        ("@id", id),
        ("@epoch", epoch),
        ("@gap", leaseTimeout / 2)).Contains(true);

    /// <summary>
    /// Declares the members dead whose leases have expired, and raises their epochs, so that none of their transactions takes effect
    /// afterwards. A member in a transaction is skipped: the database ends that transaction after its time limit.
    /// </summary>
    /// <param name="connection">Connection without a transaction.</param>
    /// <param name="id">Id of this member. It must have been steady for the time of a lease; otherwise no member is declared dead.</param>
    /// <param name="epoch">Epoch of this member.</param>
    /// <param name="leaseTimeout">Age of a renewal from which a lease is expired.</param>
    /// <returns>Ids of the members.</returns>
    public static List<string> DeclareDead(DbConnection connection, string id, long epoch, TimeSpan leaseTimeout) => connection.Query(
        """
        WITH expired AS (
            SELECT l.name, m.id
            FROM members AS m
            JOIN leases AS l ON l.name = 'member/' || m.id AND l.epoch = m.epoch
            JOIN lease_renewals AS r ON r.name = l.name AND r.epoch = l.epoch
            WHERE m.state = 1 AND r.renewed < clock_timestamp() - @timeout
                AND EXISTS (
                    SELECT 1 FROM members AS own
                    WHERE own.id = @id AND own.epoch = @epoch AND own.state = 1 AND own.steady_since < clock_timestamp() - @timeout)
            FOR UPDATE OF l SKIP LOCKED
        ),
        raised AS (
            UPDATE leases SET epoch = leases.epoch + 1, owner = '' FROM expired WHERE leases.name = expired.name RETURNING expired.id
        )
        UPDATE members SET state = 2, ended = clock_timestamp() FROM raised WHERE members.id = raised.id RETURNING members.id
        """,
        static row => row.GetString(0),
        ("@id", id),
        ("@epoch", epoch),
        ("@timeout", leaseTimeout));

    /// <summary>Deletes the rows of members that are dead for a long time.</summary>
    public static void DeleteDead(DbConnection connection) => connection.Execute(
        "DELETE FROM members WHERE state = 2 AND ended < clock_timestamp() - @lifetime", ("@lifetime", DeadLifetime));

    /// <summary>Deletes the row of a member that stops.</summary>
    public static void Leave(DbConnection connection, string id, long epoch) =>
        connection.Execute("DELETE FROM members WHERE id = @id AND epoch = @epoch", ("@id", id), ("@epoch", epoch));

    /// <summary>Sets the address for clients.</summary>
    public static void SetAddress(DbConnection connection, string id, long epoch, string address) => connection.Execute(
        "UPDATE members SET address = @address WHERE id = @id AND epoch = @epoch",
        ("@address", address),
        ("@id", id),
        ("@epoch", epoch));

    /// <summary>Sets the address of the silo.</summary>
    public static void SetSiloAddress(DbConnection connection, string id, long epoch, string address) => connection.Execute(
        "UPDATE members SET silo_address = @address WHERE id = @id AND epoch = @epoch",
        ("@address", address),
        ("@id", id),
        ("@epoch", epoch));

    /// <summary>Sets whether a live member takes no new work.</summary>
    /// <returns>False if no live member has the id.</returns>
    public static bool SetDraining(DbConnection connection, string id, bool isDraining) => connection.Execute(
        "UPDATE members SET is_draining = @draining WHERE id = @id AND state = 1", ("@draining", isDraining), ("@id", id)) == 1;

    /// <summary>
    /// Returns a digest of all rows without the columns that change at each heartbeat, which are most of the traffic of a large cluster.
    /// </summary>
    public static string Digest(DbConnection connection) => connection.Query(
        """
        SELECT count(*) || ' ' || coalesce(sum(hashtextextended(
            concat_ws(chr(10), id, epoch, state, role, address, silo_address, release, is_draining), 0)::numeric), 0)
        FROM members
        """,
        static row => row.GetString(0))[0];

    /// <summary>Reads all rows, ordered by id.</summary>
    public static List<Member> Read(DbConnection connection) => connection.Query(
        """
        SELECT id, epoch, state, role, address, silo_address, release, started, heartbeat, is_draining, applied
        FROM members ORDER BY id
        """,
        static row => new Member(row.GetString(0), row.GetInt64(1))
        {
            State = row.GetInt64(2) == Dead ? MemberState.Dead
                : row.GetBoolean(9) ? MemberState.Draining
                : row.GetString(4).Length == 0 ? MemberState.Starting
                : MemberState.Alive,
            Role = (MemberRole)row.GetInt64(3),
            Address = row.GetString(4),
            SiloAddress = row.GetString(5),
            Release = row.GetString(6),
            Started = row.GetFieldValue<DateTimeOffset>(7),
            Heartbeat = row.GetFieldValue<DateTimeOffset>(8),
            Applied = row.GetInt64(10),
        });
}
