namespace TopicGrpc.Server.Corpora;

/// <summary>Where the parts of a document of an <see cref="IncomingChunk"/> are.</summary>
/// <param name="Id">Id of the document.</param>
/// <param name="Hash">Its <see cref="ContentHash"/>.</param>
/// <param name="Time">Its time; null for none.</param>
/// <param name="TextBytes">Bytes of its text.</param>
/// <param name="Start">Start of its bytes.</param>
/// <param name="Length">Number of its bytes.</param>
/// <param name="EmbeddingStart">Start of its embedding.</param>
/// <param name="Dimension">Numbers of its embedding; 0 for none.</param>
internal readonly record struct IncomingDocument(
    string Id,
    UInt128 Hash,
    DateTimeOffset? Time,
    int TextBytes,
    int Start,
    int Length,
    int EmbeddingStart,
    int Dimension);
