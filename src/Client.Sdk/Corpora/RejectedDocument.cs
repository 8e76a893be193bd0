namespace TopicGrpc.Client.Corpora;

/// <summary>A document that the server refused.</summary>
/// <param name="Offset">Its place in the stream, from 0.</param>
/// <param name="DocumentId">Its id.</param>
/// <param name="Reason">Machine-readable cause.</param>
/// <param name="Message">Text for people; never the document's text.</param>
public sealed record RejectedDocument(long Offset, string DocumentId, string Reason, string Message);
