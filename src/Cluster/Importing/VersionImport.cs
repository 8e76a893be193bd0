using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Versions;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Cluster.Importing;

/// <summary>Publishes the versions of a single server: their files become objects, and their rows name them.</summary>
internal sealed class VersionImport(MetadataDatabase database, ArtifactPublisher publisher)
{
    /// <summary>Imports a version, unless the cluster has it.</summary>
    /// <exception cref="StartupException">The files are damaged.</exception>
    public async Task RunAsync(SourceFolder source, string modelId, long number, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(
            connection => VersionArtifactTable.Find(connection, modelId, number), cancellationToken) is not null)
        {
            return;
        }

        string path = source.Folder.Paths.Version(modelId, number);
        List<string> problems = [];
        await Task.Run(
            () => VersionFolder.Verify(source.Folder.Files, path, problems.Add, cancellationToken), cancellationToken);
        if (problems.Count > 0)
        {
            throw new StartupException(
                $"The files of '{ResourceNames.Version(modelId, number)}' are damaged: {problems[0]} Restore a backup of the data folder, "
                + "or delete the version with its server.",
                StartupException.DataError);
        }

        string publication = Guid.NewGuid().ToString("n");
        VersionArtifact artifact = new(publication, await publisher.UploadAsync(publication, path, cancellationToken));
        (byte[] message, byte[]? report, byte[]? operation) = source.Database.Read(connection => connection.Query(
            """
            SELECT version_message, report_message, operation_message
            FROM versions AS v LEFT JOIN version_contents AS c ON c.model = v.model AND c.number = v.number
            WHERE v.model = @model AND v.number = @number
            """,
            static row => (row.GetFieldValue<byte[]>(0), row.Bytes(1), row.Bytes(2)),
            ("@model", modelId),
            ("@number", number))[0]);
        await database.WriteAsync(
            connection =>
            {
                connection.Execute(
                    "INSERT INTO versions (model, number, version_message) VALUES (@model, @number, @message)",
                    ("@model", modelId),
                    ("@number", number),
                    ("@message", message));
                connection.Execute(
                    """
                    INSERT INTO version_contents (model, number, report_message, operation_message)
                    VALUES (@model, @number, @report, @operation)
                    """,
                    ("@model", modelId),
                    ("@number", number),
                    ("@report", report),
                    ("@operation", operation));
                VersionArtifactTable.Add(connection, modelId, number, artifact);
                return true;
            },
            cancellationToken);
    }
}
