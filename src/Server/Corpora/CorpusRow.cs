namespace TopicGrpc.Server.Corpora;

/// <summary>What the database holds of a corpus.</summary>
/// <param name="Id">Last part of the name.</param>
/// <param name="DisplayName">Name for people.</param>
/// <param name="Created">When it was created.</param>
/// <param name="RequestId">Request that created it; may be empty.</param>
internal sealed record CorpusRow(string Id, string DisplayName, DateTimeOffset Created, string RequestId);
