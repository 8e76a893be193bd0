namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The high-water mark of a document file: how far its content is durable. It is written after the records were flushed, so a record
/// before it was complete on disk, and damage there is never the rest of an interrupted write.
/// </summary>
/// <param name="Sequence">Number of the mark; the largest is valid.</param>
/// <param name="Length">End of the durable records, in bytes from the start of the file.</param>
/// <param name="Totals">Documents in these records.</param>
/// <param name="Check">Checksum chain at <paramref name="Length"/>.</param>
internal readonly record struct DocumentMark(long Sequence, long Length, DocumentTotals Totals, uint Check);
