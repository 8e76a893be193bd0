namespace TopicGrpc.Client.Corpora;

/// <summary>A document that the server rejected.</summary>
/// <param name="Offset">Its position in the stream, from 0.</param>
/// <param name="DocumentId">Its id.</param>
/// <param name="Reason">Machine-readable reason.</param>
/// <param name="Message">Human-readable message; it never contains the document's text.</param>
public sealed record RejectedDocument(long Offset, string DocumentId, string Reason, string Message);
