namespace TopicGrpc.Client.Topics;

/// <summary>A topic in a class of documents.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="TopicId">Topic; −1 for the outliers.</param>
/// <param name="Count">Training documents of the topic there.</param>
/// <param name="Words">Its five best words there, best first.</param>
public sealed record TopicInClass(string ClassName, int TopicId, long Count, IReadOnlyList<TopicWord> Words);
