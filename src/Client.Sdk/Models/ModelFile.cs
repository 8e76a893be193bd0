namespace TopicGrpc.Client.Models;

/// <summary>A file of an exported model.</summary>
/// <param name="Name">Name in the folder.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record ModelFile(string Name, long Size, string Sha256);
