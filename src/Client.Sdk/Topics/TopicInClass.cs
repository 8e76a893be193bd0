namespace TopicGrpc.Client.Topics;

/// <summary>A topic in a class of documents.</summary>
/// <param name="ClassName">The class.</param>
/// <param name="TopicId">Topic; −1 for the outliers.</param>
/// <param name="Count">Number of training documents of the topic.</param>
/// <param name="Words">The five best words, best first.</param>
public sealed record TopicInClass(string ClassName, int TopicId, long Count, IReadOnlyList<TopicWord> Words);
