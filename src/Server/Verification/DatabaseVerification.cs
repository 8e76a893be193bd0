using System.Data.Common;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;

namespace TopicGrpc.Server.Verification;

/// <summary>Checks pages, schema and references of the metadata database over a connection that only reads.</summary>
internal static class DatabaseVerification
{
    private const string Name = "meta.db";

    private const string DanglingLabels = """
        SELECT model, label, number FROM labels AS l
        WHERE NOT EXISTS (SELECT 1 FROM versions AS v WHERE v.model = l.model AND v.number = l.number)
        ORDER BY model, label
        """;

    /// <summary>Checks the database and reports what is wrong.</summary>
    /// <returns>Whether its tables can be read.</returns>
    public static bool Check(DbConnection connection, Action<DataProblem> report)
    {
        foreach (string found in connection.Query("PRAGMA integrity_check(20)", static row => row.GetString(0)))
        {
            if (found != "ok")
            {
                report(new DataProblem(true, Name, $"The database is damaged: {found}."));
            }
        }

        long version = connection.Query("PRAGMA user_version", static row => row.GetInt64(0))[0];
        if (version != SqliteSchema.Version)
        {
            report(new DataProblem(true, Name, FormattableString.Invariant(
                $"The database has schema version {version}; this program reads version {SqliteSchema.Version}. ")
                + "Use the release that wrote it, or start this server on the folder once."));
            return false;
        }

        foreach (string table in connection.Query("PRAGMA foreign_key_check", static row => row.GetString(0)).Distinct())
        {
            report(new DataProblem(true, Name, $"A row of the table '{table}' refers to a row that does not exist."));
        }

        foreach ((string model, string label, long number) in connection.Query(
            DanglingLabels, static row => (row.GetString(0), row.GetString(1), row.GetInt64(2))))
        {
            report(new DataProblem(true, $"models/{model}", FormattableString.Invariant(
                $"The label '{label}' points to version {number}, which does not exist.")));
        }

        return true;
    }
}
