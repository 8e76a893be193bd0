namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>One stratum of a sample.</summary>
/// <param name="Name">
/// Value of the attribute and start of the span of time (UTC, ISO 8601), separated by a comma; empty without strata or without both.
/// </param>
/// <param name="Documents">Number of documents.</param>
/// <param name="Sampled">Number of documents in the sample.</param>
public sealed record SampleStratum(string Name, int Documents, int Sampled);
