using System.Data.Common;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Importing;

/// <summary>
/// Copies the rows of a single server. The first transaction adds what needs no files; the last one adds the labels and traffic policies,
/// which bring versions into service.
/// </summary>
internal sealed class MetadataImport(MetadataDatabase database, ICorpusLog log)
{
    private static readonly string[] FirstTables = ["corpora", "erasures", "fits", "fit_requests", "fit_reports", "models", "keys"];

    /// <summary>Copies the rows that need no files, unless an interrupted import of the same folder has done so.</summary>
    /// <exception cref="StartupException">The folder was imported already, or the cluster has data.</exception>
    public Task BeginAsync(SourceFolder source, CancellationToken cancellationToken) => database.WriteAsync(
        target => source.Database.Read(stored => Begin(stored, target, source.Names)), cancellationToken);

    /// <summary>Copies labels and traffic policies, and records that the import is complete.</summary>
    public Task EndAsync(SourceFolder source, CancellationToken cancellationToken) => database.WriteAsync(
        target => source.Database.Read(stored => End(stored, target, source.Names.FolderId)), cancellationToken);

    private bool Begin(DbConnection source, DbConnection target, StoredNames names)
    {
        List<bool> ended = target.Query(
            "SELECT ended IS NOT NULL FROM imports WHERE folder_id = @id", static row => row.GetBoolean(0), ("@id", names.FolderId));
        if (ended is [var isComplete])
        {
            return !isComplete ? true : throw new StartupException("The data folder has been imported into this cluster already.");
        }

        RequireEmpty(target);
        target.Execute("INSERT INTO imports (folder_id) VALUES (@id)", ("@id", names.FolderId));
        MetadataCopy.Run(source, target, FirstTables);
        NumberedTables.Continue(target);
        foreach (string corpus in names.Corpora)
        {
            log.Add(target, corpus);
        }

        return true;
    }

    private static void RequireEmpty(DbConnection target)
    {
        if (target.Query(
            "SELECT 1 FROM corpora UNION ALL SELECT 1 FROM models UNION ALL SELECT 1 FROM fits UNION ALL SELECT 1 FROM erasures LIMIT 1",
            static row => row.GetInt32(0)).Count > 0)
        {
            throw new StartupException(
                "The cluster has corpora, models or fits already. Import a single server into a cluster that is empty.",
                StartupException.UsageError);
        }
    }

    private static bool End(DbConnection source, DbConnection target, string folderId)
    {
        foreach ((string model, string label, long number, long? previous) in source.Query(
            "SELECT model, label, number, previous FROM labels",
            static row => (row.GetString(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : (long?)row.GetInt64(3))))
        {
            // A label that was set during the import stays.
            target.Execute(
                """
                INSERT INTO labels (model, label, number, previous)
                SELECT @model, @label, v.number, @previous FROM versions AS v WHERE v.model = @model AND v.number = @number
                ON CONFLICT (model, label) DO NOTHING
                """,
                ("@model", model),
                ("@label", label),
                ("@number", number),
                ("@previous", previous));
        }

        foreach ((string model, long since, byte[] policy) in source.Query(
            "SELECT model, since, policy_message FROM traffic",
            static row => (row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2))))
        {
            target.Execute(
                "INSERT INTO traffic (model, since, policy_message) VALUES (@model, @since, @policy) ON CONFLICT (model) DO NOTHING",
                ("@model", model),
                ("@since", since),
                ("@policy", policy));
        }

        return target.Execute("UPDATE imports SET ended = clock_timestamp() WHERE folder_id = @id", ("@id", folderId)) == 1;
    }
}
