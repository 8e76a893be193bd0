namespace TopicGrpc.Client.Maintenance;

/// <summary>One backup of a data folder.</summary>
/// <param name="Id">Id, unique in the backup folder: the time of the snapshot in UTC, such as <c>20261130T021500123Z</c>.</param>
/// <param name="Created">When the server took the snapshot.</param>
/// <param name="FolderId">Id of the data folder; equal in all backups of one folder.</param>
/// <param name="ServerVersion">Version of the server that sent it.</param>
/// <param name="FileCount">Number of files.</param>
/// <param name="TotalBytes">Size of all files, bytes.</param>
/// <param name="Problems">What the server could not copy because it was already damaged or missing.</param>
public sealed record BackupSnapshotInfo(
    string Id,
    DateTimeOffset Created,
    string FolderId,
    string ServerVersion,
    int FileCount,
    long TotalBytes,
    IReadOnlyList<string> Problems);
