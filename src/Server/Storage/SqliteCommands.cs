using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace TopicGrpc.Server.Storage;

/// <summary>Extensions for parameterized commands.</summary>
internal static class SqliteCommands
{
    /// <summary>Creates a command with parameters; null becomes NULL.</summary>
    [SuppressMessage(
        "Security",
        "CA2100:Review SQL queries for security vulnerabilities",
        Justification = "Every caller passes a literal; values are parameters.")]
    public static SqliteCommand Prepare(
        this SqliteConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    /// <summary>Runs a command without result rows.</summary>
    /// <returns>Number of changed rows.</returns>
    public static int Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = connection.Prepare(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a transaction, and rolls it back after an exception.</summary>
    public static T Transact<T>(this SqliteConnection connection, Func<SqliteConnection, T> body)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        T result = body(connection);
        transaction.Commit();
        return result;
    }

    /// <summary>Returns the bytes of a column; null for NULL.</summary>
    public static byte[]? Bytes(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    /// <summary>Reads all rows.</summary>
    public static List<T> Query<T>(
        this SqliteConnection connection,
        string sql,
        Func<SqliteDataReader, T> row,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteCommand command = connection.Prepare(sql, parameters);
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
