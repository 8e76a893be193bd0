namespace TopicGrpc.Engine.Archive;

/// <summary>A file of an archive as its manifest lists it.</summary>
/// <param name="Name">Name within the folder.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Sha256">SHA-256 of the content, lower-case hexadecimal.</param>
public sealed record ArchiveFileEntry(string Name, long Size, string Sha256);
