namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>A topic within one slice of the documents.</summary>
/// <param name="TopicId">Topic, −1 for outliers.</param>
/// <param name="Words">Five best words within the slice, best first.</param>
/// <param name="Frequency">Number of documents within the slice.</param>
public sealed record TopicSlice(int TopicId, IReadOnlyList<TopicWord> Words, int Frequency);
