using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Jobs;

/// <summary>What came of an operation on a version.</summary>
/// <param name="Parent">Version that it started from.</param>
/// <param name="Report">What was done.</param>
/// <param name="Topics">Topics of the new version.</param>
internal sealed record DerivationResult(long Parent, FitReport Report, TopicList Topics);
