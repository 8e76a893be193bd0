namespace TopicGrpc.Client.Maps;

/// <summary>Times of the documents of a map.</summary>
/// <param name="DocumentCount">Documents with a time.</param>
/// <param name="First">Earliest time.</param>
/// <param name="Last">Latest time.</param>
public sealed record MapTimeRange(long DocumentCount, DateTimeOffset First, DateTimeOffset Last);
