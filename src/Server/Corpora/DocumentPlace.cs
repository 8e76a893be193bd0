namespace TopicGrpc.Server.Corpora;

/// <summary>Place of a document in its file. It stays valid: records are only appended.</summary>
/// <param name="Position">Offset of the record.</param>
/// <param name="Check">Check of the record before, with which the record is verified.</param>
/// <param name="Index">Index of the document in the record.</param>
internal readonly record struct DocumentPlace(long Position, uint Check, int Index);
