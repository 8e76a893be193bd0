using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Jobs;

/// <summary>Result of an operation on a version.</summary>
/// <param name="Parent">Number of the version that the operation started from.</param>
/// <param name="Report">Report of the new version.</param>
/// <param name="Topics">Topics of the new version.</param>
internal sealed record DerivationResult(long Parent, FitReport Report, TopicList Topics);
