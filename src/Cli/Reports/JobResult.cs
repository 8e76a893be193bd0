using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Reports;

/// <summary>What came of a job.</summary>
/// <param name="Fit">Version and report.</param>
/// <param name="Topics">All topics of the version.</param>
/// <param name="Predictions">One for each text asked for.</param>
/// <param name="IngestTime">Time of the streaming.</param>
internal sealed record JobResult(
    FitResult Fit,
    TopicList Topics,
    IReadOnlyList<(string Text, Prediction Prediction)> Predictions,
    TimeSpan IngestTime)
{
    /// <summary>Names the version as the commands take it, <c>model@version</c>.</summary>
    public string Selector => FormattableString.Invariant($"{Fit.Model}@{Fit.Version}");
}
