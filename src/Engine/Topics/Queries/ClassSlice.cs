namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>The topics of one class of documents.</summary>
/// <param name="Class">The class.</param>
/// <param name="Topics">Topics with a document there, ascending.</param>
public sealed record ClassSlice(string Class, IReadOnlyList<TopicSlice> Topics);
