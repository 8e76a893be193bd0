namespace TopicGrpc.Server.Backups;

/// <summary>The version that a file of a snapshot belongs to. Shared storage may remove its local files between two blocks.</summary>
/// <param name="ModelId">Id of the model.</param>
/// <param name="Number">Number of the version.</param>
/// <param name="ContentId">Id of the content when the snapshot was taken.</param>
internal sealed record BackupVersion(string ModelId, long Number, string ContentId);
