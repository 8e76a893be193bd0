using System.Data.Common;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Cluster.Versions;

/// <summary>
/// The rows that name the objects of versions. A row and the references of its objects in the ledger change in one transaction, so an
/// object that a row names is never swept.
/// </summary>
/// <param name="clock">Clock of the time for which released objects stay.</param>
internal sealed class VersionArtifactTable(TimeProvider clock)
{
    private const string Columns = "publication, " + ReferenceColumns.Names;

    /// <summary>Finds the objects of a version.</summary>
    /// <returns>Null if there is no such version.</returns>
    public static VersionArtifact? Find(DbConnection connection, string modelId, long number) => connection.Query(
        $"SELECT {Columns} FROM version_artifacts WHERE model = @model AND number = @number",
        static row => Read(row, 0),
        ("@model", modelId),
        ("@number", number)).FirstOrDefault();

    /// <summary>Reads the objects of all versions.</summary>
    public static List<((string ModelId, long Number) Version, VersionArtifact Artifact)> ReadAll(DbConnection connection) =>
        connection.Query($"SELECT model, number, {Columns} FROM version_artifacts", ReadVersion);

    /// <summary>Reads the objects of the versions of a model, or of all models, whose objects were replaced at any time.</summary>
    public static List<((string ModelId, long Number) Version, VersionArtifact Artifact)> ReadReplaced(
        DbConnection connection, string? modelId) => modelId is null
        ? connection.Query($"SELECT model, number, {Columns} FROM version_artifacts WHERE is_replaced", ReadVersion)
        : connection.Query(
            $"SELECT model, number, {Columns} FROM version_artifacts WHERE is_replaced AND model = @model",
            ReadVersion,
            ("@model", modelId));

    /// <summary>Adds the row of a version whose own row was added in the same transaction.</summary>
    /// <exception cref="ServiceException">The publication took too long and was given up.</exception>
    public static void Add(DbConnection connection, string modelId, long number, VersionArtifact artifact)
    {
        Own(connection, modelId, number, artifact);
        connection.Execute(
            $"INSERT INTO version_artifacts (model, number, {Columns}) "
            + $"VALUES (@model, @number, @publication, {ReferenceColumns.Parameters})",
            Values(modelId, number, artifact));
    }

    /// <summary>Replaces the objects of a version. The old ones stay for no time.</summary>
    /// <returns>False if the version does not have the old objects any more; nothing was changed.</returns>
    /// <exception cref="ServiceException">The publication took too long and was given up.</exception>
    public bool Replace(DbConnection connection, string modelId, long number, VersionArtifact old, VersionArtifact next)
    {
        int replaced = connection.Execute(
            """
            UPDATE version_artifacts SET publication = @publication, manifest_key = @key, manifest_sha256 = @sha256,
                manifest_length = @length, manifest_blocks = @blocks, is_replaced = TRUE
            WHERE model = @model AND number = @number AND publication = @old
            """,
            [.. Values(modelId, number, next), ("@old", old.Publication)]);
        if (replaced == 0)
        {
            return false;
        }

        // Without a change: the trigger on this table reports the model to the other members.
        connection.Execute(
            "UPDATE versions SET number = number WHERE model = @model AND number = @number", ("@model", modelId), ("@number", number));
        Own(connection, modelId, number, next);
        Release(connection, old.Owner, TimeSpan.Zero);
        return true;
    }

    /// <summary>Removes the row of a version. Its objects stay for a time.</summary>
    public void Remove(DbConnection connection, string modelId, long number, TimeSpan grace)
    {
        foreach (string publication in connection.Query(
            "DELETE FROM version_artifacts WHERE model = @model AND number = @number RETURNING publication",
            static row => row.GetString(0),
            ("@model", modelId),
            ("@number", number)))
        {
            Release(connection, new VersionArtifact(publication, null!).Owner, grace);
        }
    }

    private static ((string ModelId, long Number) Version, VersionArtifact Artifact) ReadVersion(DbDataReader row) =>
        ((row.GetString(0), row.GetInt64(1)), Read(row, 2));

    private static VersionArtifact Read(DbDataReader row, int first) =>
        new(row.GetString(first), ReferenceColumns.Read(row, first + 1));

    private static (string Name, object? Value)[] Values(string modelId, long number, VersionArtifact artifact) =>
    [
        ("@model", modelId),
        ("@number", number),
        ("@publication", artifact.Publication),
        .. ReferenceColumns.Values(artifact.Reference),
    ];

    private static void Own(DbConnection connection, string modelId, long number, VersionArtifact artifact)
    {
        if (!Wait(LedgerStatements.CommitAsync(Ledger(connection), artifact.Publication, artifact.Owner)))
        {
            throw Fault.StorageUnavailable(
                ResourceNames.Version(modelId, number), new IOException("The publication took too long and was given up."));
        }
    }

    private void Release(DbConnection connection, string owner, TimeSpan grace) =>
        Wait(LedgerStatements.ReleaseAsync(Ledger(connection), owner, clock.GetUtcNow(), grace));

    private static LedgerCommand Ledger(DbConnection connection) => new(connection, transaction: null, CancellationToken.None);

    // Transactions of the metadata run on threads of their own, which may wait.
    private static T Wait<T>(Task<T> statements) => statements.GetAwaiter().GetResult();
}
