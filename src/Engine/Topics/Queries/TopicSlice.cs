namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>A topic within a part of the documents.</summary>
/// <param name="TopicId">Topic, −1 for outliers.</param>
/// <param name="Words">Its five best words there, best first.</param>
/// <param name="Frequency">Documents there.</param>
public sealed record TopicSlice(int TopicId, IReadOnlyList<TopicWord> Words, int Frequency);
