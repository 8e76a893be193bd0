using System.Data.Common;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Verification;

/// <summary>Checks tables and references of the metadata over a connection that only reads.</summary>
internal static class DatabaseVerification
{
    private const string DanglingLabels = """
        SELECT model, label, number FROM labels AS l
        WHERE NOT EXISTS (SELECT 1 FROM versions AS v WHERE v.model = l.model AND v.number = l.number)
        ORDER BY model, label
        """;

    /// <summary>Checks the database and reports what is wrong.</summary>
    /// <returns>Whether its tables can be read.</returns>
    public static bool Check(IMetadataReading metadata, DbConnection connection, Action<DataProblem> report)
    {
        if (!metadata.Check(connection, message => report(new DataProblem(true, metadata.Name, message))))
        {
            return false;
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
