namespace TopicGrpc.Client.Maintenance;

/// <summary>A finished backup.</summary>
/// <param name="Snapshot">The snapshot that the folder now contains.</param>
/// <param name="Directory">Full path of the backup folder.</param>
/// <param name="ReceivedBytes">Bytes that the server sent; the other blocks were already in the folder.</param>
public sealed record BackupResult(BackupSnapshotInfo Snapshot, string Directory, long ReceivedBytes);
