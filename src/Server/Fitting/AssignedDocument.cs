namespace TopicGrpc.Server.Fitting;

/// <summary>Topic of a document of a corpus by a version.</summary>
/// <param name="Id">Id of the document.</param>
/// <param name="TopicId">Topic; −1 for an outlier and for a document that cannot be embedded.</param>
/// <param name="Probability">Probability as in a prediction; 0 for an outlier.</param>
internal readonly record struct AssignedDocument(string Id, int TopicId, float Probability);
