namespace TopicGrpc.Engine.Archive;

/// <summary>A file of an archive, as listed in the manifest.</summary>
/// <param name="Name">Name in the folder.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
public sealed record ArchiveFileEntry(string Name, long Size, string Sha256);
