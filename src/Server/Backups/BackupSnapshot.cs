using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Backups;

/// <summary>The state of the data folder at one moment. The copy of the database exists until the snapshot is disposed.</summary>
internal sealed class BackupSnapshot(IFileStorage files, string staging) : IDisposable
{
    /// <summary>When the snapshot was taken.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Id of the data folder.</summary>
    public required string FolderId { get; init; }

    /// <summary>Files, the database last: a folder without a database is never taken for a complete one.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>What is missing because it was already damaged or missing.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <inheritdoc/>
    public void Dispose() => files.DeleteFolderIfExists(staging);
}
