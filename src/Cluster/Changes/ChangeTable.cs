using Npgsql;

namespace TopicGrpc.Cluster.Changes;

/// <summary>Reads the numbered changes, and writes how far a member has applied them.</summary>
internal static class ChangeTable
{
    /// <summary>Number of a member that has started before the first change.</summary>
    public const long Nothing = 1;

    /// <summary>Rows of one read.</summary>
    public const int PageSize = 1000;

    // Older changes are deleted. A member that missed more of them reads all rows again.
    private const int Kept = 10_000;

    private static readonly TimeSpan ShortDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns the number of the last change; <see cref="Nothing"/> for none.</summary>
    public static async Task<long> LastAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("SELECT coalesce(max(number), 1) FROM changes", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Returns the number of the oldest change that is still stored; <see cref="Nothing"/> for none.</summary>
    public static async Task<long> OldestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("SELECT coalesce(min(number), 1) FROM changes", connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Reads the changes after a number, at most <see cref="PageSize"/>.</summary>
    public static async Task<List<ChangeRow>> ReadAsync(NpgsqlConnection connection, long after, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(
            "SELECT number, subjects FROM changes WHERE number > $1 ORDER BY number LIMIT $2", connection)
        {
            Parameters = { new() { Value = after }, new() { Value = PageSize } },
        };
        List<ChangeRow> rows = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new ChangeRow(reader.GetInt64(0), reader.GetString(1)));
        }

        return rows;
    }

    /// <summary>
    /// Records how far a member has applied the changes. The commit is not flushed to disk: a crash of the database only makes the number
    /// smaller, so others wait longer.
    /// </summary>
    public static async Task PublishAsync(
        NpgsqlConnection connection, string member, long epoch, long number, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(
            """
            UPDATE members SET applied = greatest(applied, $1) FROM (SELECT set_config('synchronous_commit', 'off', true)) AS setting
            WHERE id = $2 AND epoch = $3
            """,
            connection)
        {
            Parameters = { new() { Value = number }, new() { Value = member }, new() { Value = epoch } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Lists the live members that have not applied a change. A member that has applied nothing does not listen yet; it reads all rows
    /// before it does.
    /// </summary>
    public static async Task<List<string>> BehindAsync(NpgsqlConnection connection, long number, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new(
            "SELECT id FROM members WHERE state = 1 AND applied > 0 AND applied < $1 ORDER BY id", connection)
        {
            Parameters = { new() { Value = number } },
        };
        List<string> members = [];
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            members.Add(reader.GetString(0));
        }

        return members;
    }

    /// <summary>Deletes changes that every member has applied long ago.</summary>
    public static async Task DeleteOldAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("DELETE FROM changes WHERE number < (SELECT max(number) FROM changes) - $1", connection)
        {
            Parameters = { new() { Value = (long)Kept } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Returns the delay before the next look at the progress of members.</summary>
    public static TimeSpan NextDelay(TimeSpan delay) => delay * 2 < ShortDelay ? delay * 2 : ShortDelay;
}
