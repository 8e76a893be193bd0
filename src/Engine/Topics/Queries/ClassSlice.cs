namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Topics of one class of documents.</summary>
/// <param name="Class">The class.</param>
/// <param name="Topics">Topics with at least one document, ascending.</param>
public sealed record ClassSlice(string Class, IReadOnlyList<TopicSlice> Topics);
