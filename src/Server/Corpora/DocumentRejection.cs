using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <summary>A rejected document.</summary>
/// <param name="Offset">Index in the session.</param>
/// <param name="DocumentId">Id of the document as sent.</param>
/// <param name="Why">The rule that the document breaks.</param>
internal sealed record DocumentRejection(long Offset, string DocumentId, ServiceException Why);
