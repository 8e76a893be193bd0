namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>The topics at one point of time.</summary>
/// <param name="Time">The point, or the left edge of its bin; UTC.</param>
/// <param name="Topics">Topics with a document there, ascending.</param>
public sealed record TimeSlice(DateTimeOffset Time, IReadOnlyList<TopicSlice> Topics);
