namespace TopicGrpc.Server.Corpora;

/// <summary>Documents of one document file.</summary>
/// <param name="FileId">Id of the file; the places refer to it.</param>
/// <param name="Items">The documents, by ascending place.</param>
internal sealed record FoundDocuments(string FileId, IReadOnlyList<FoundDocument> Items);
