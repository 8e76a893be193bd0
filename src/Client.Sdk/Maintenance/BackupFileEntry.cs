namespace TopicGrpc.Client.Maintenance;

/// <summary>A file of a snapshot.</summary>
/// <param name="Path">Path relative to the data folder, with <c>/</c> between folders.</param>
/// <param name="Size">Size in bytes.</param>
/// <param name="Blocks">SHA-256 of each block in order, lower-case hexadecimal.</param>
internal sealed record BackupFileEntry(string Path, long Size, IReadOnlyList<string> Blocks);
