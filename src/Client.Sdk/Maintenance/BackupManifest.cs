namespace TopicGrpc.Client.Maintenance;

/// <summary>Content of <c>snapshots/ID.json</c>. It is written last, so a backup with a manifest is complete.</summary>
internal sealed record BackupManifest
{
    /// <summary>Format that this build writes and reads.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string FolderId { get; init; }

    public required string ServerVersion { get; init; }

    public required int BlockBytes { get; init; }

    public required IReadOnlyList<BackupFileEntry> Files { get; init; }

    public required IReadOnlyList<string> Problems { get; init; }
}
