namespace TopicGrpc.Client.Fits;

/// <summary>One stratum of a sample.</summary>
/// <param name="Name">Value of the attribute and start of the span of time (UTC), separated by a comma if both are given.</param>
/// <param name="DocumentCount">Number of documents.</param>
/// <param name="SampledCount">Number of documents in the sample.</param>
public sealed record SampleStratum(string Name, long DocumentCount, long SampledCount);
