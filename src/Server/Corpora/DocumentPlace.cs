namespace TopicGrpc.Server.Corpora;

/// <summary>Place of a document in its file. Valid until an erasure replaces the file: records are only appended.</summary>
/// <param name="FileId">Id of the file.</param>
/// <param name="Position">Offset of the record.</param>
/// <param name="Check">Check of the record before, with which the record is verified.</param>
/// <param name="Index">Index of the document in the record.</param>
internal readonly record struct DocumentPlace(string FileId, long Position, uint Check, int Index);
