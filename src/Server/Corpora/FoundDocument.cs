using TopicGrpc.Engine.Topics.Recognition;

namespace TopicGrpc.Server.Corpora;

/// <summary>A stored document that is to be erased.</summary>
/// <param name="Place">Place in the document file, in the order of arrival from 0.</param>
/// <param name="Id">Id of the document.</param>
/// <param name="Text">Fingerprint of its text, by which a version knows the document.</param>
/// <param name="TextBytes">Bytes of its text in UTF-8.</param>
internal sealed record FoundDocument(int Place, string Id, TextFingerprint Text, int TextBytes);
