using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <summary>A document that was refused.</summary>
/// <param name="Offset">Index in the session.</param>
/// <param name="DocumentId">Its id as sent.</param>
/// <param name="Why">The rule that it breaks.</param>
internal sealed record DocumentRejection(long Offset, string DocumentId, ServiceException Why);
