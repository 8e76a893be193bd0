namespace TopicGrpc.Client.Fits;

/// <summary>Documents that are the same text or almost the same: each has a neighbor in the group at a cosine of .98 or more.</summary>
/// <param name="DocumentId">Id of the first document, by id.</param>
/// <param name="DocumentCount">Number of documents.</param>
/// <param name="TextCount">Number of different texts among them; 1 if all are the same.</param>
public sealed record DuplicateGroup(string DocumentId, long DocumentCount, long TextCount);
