using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// Extensions for parameterized commands. Their text is standard SQL that SQLite and PostgreSQL understand; parameters are named
/// <c>@name</c>.
/// </summary>
internal static class MetadataCommands
{
    /// <summary>Creates a command with parameters; null becomes NULL.</summary>
    [SuppressMessage(
        "Security",
        "CA2100:Review SQL queries for security vulnerabilities",
        Justification = "Every caller passes a literal; values are parameters.")]
    public static DbCommand Prepare(
        this DbConnection connection,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Runs a command without result rows.</summary>
    /// <returns>Number of changed rows.</returns>
    public static int Execute(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using DbCommand command = connection.Prepare(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a transaction, and rolls it back after an exception.</summary>
    public static T Transact<T>(this DbConnection connection, Func<DbConnection, T> body)
    {
        using DbTransaction transaction = connection.BeginTransaction();
        T result = body(connection);
        transaction.Commit();
        return result;
    }

    /// <summary>Returns the bytes of a column; null for NULL.</summary>
    public static byte[]? Bytes(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    /// <summary>Reads all rows.</summary>
    public static List<T> Query<T>(
        this DbConnection connection,
        string sql,
        Func<DbDataReader, T> row,
        params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using DbCommand command = connection.Prepare(sql, parameters);
        using DbDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }
}
