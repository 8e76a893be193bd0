using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Reports;

/// <summary>Result of a fit job.</summary>
/// <param name="Fit">The version and its report.</param>
/// <param name="Topics">All topics of the version.</param>
/// <param name="Predictions">One prediction per requested text, in their order.</param>
/// <param name="IngestTime">Duration of the ingest.</param>
internal sealed record JobResult(
    FitResult Fit,
    TopicList Topics,
    IReadOnlyList<(string Text, Prediction Prediction)> Predictions,
    TimeSpan IngestTime)
{
    /// <summary>The version in the form that commands accept, <c>model@version</c>.</summary>
    public string Selector => FormattableString.Invariant($"{Fit.Model}@{Fit.Version}");
}
