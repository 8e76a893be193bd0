namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Topics at one point in time.</summary>
/// <param name="Time">The time or the left edge of its bin, in UTC.</param>
/// <param name="Topics">Topics with at least one document, ascending.</param>
public sealed record TimeSlice(DateTimeOffset Time, IReadOnlyList<TopicSlice> Topics);
