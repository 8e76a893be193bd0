namespace TopicGrpc.Server.Storage;

/// <summary>A difference between the data folder and the database.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="CorpusId">Corpus that it is about; null: none.</param>
/// <param name="ModelId">Model that it is about; null: none.</param>
internal sealed record StorageWarning(string Message, string? CorpusId = null, string? ModelId = null);
