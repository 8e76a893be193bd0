using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Comparison;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Stages.Sampling;

/// <summary>Fits a sample of the vectors, then all vectors, and compares time and topics.</summary>
/// <param name="rows">The vectors.</param>
/// <param name="planted">Planted topic of each vector; null if it is not known.</param>
/// <param name="options">Settings of the fit of all vectors.</param>
/// <param name="sample">Size of the sample.</param>
/// <param name="threads">Number of threads.</param>
internal sealed class SampleRun(Matrix rows, int[]? planted, TopicModelOptions options, int sample, int threads)
{
    private const int LeastClusterSize = 5;

    private readonly ComputeOptions _compute = new() { Threads = threads };

    public SampleReport Measure(CancellationToken cancellationToken)
    {
        Document[] documents = [.. Enumerable.Range(0, rows.Rows).Select(Text)];
        (TopicModel sampled, double sampledSeconds, double sampledCpu) = Fit(
            documents, options with { Sample = new TopicSample { Size = sample }, Clusters = Scaled() }, cancellationToken);
        double assignment = sampled.Report.Stages.First(static stage => stage.Stage == FitStage.Assignment).Seconds;
        (TopicModel full, double fullSeconds, double fullCpu) = Fit(documents, options, cancellationToken);
        int[] both = [.. Enumerable.Range(0, rows.Rows).Where(row => full.Assignments[row] >= 0 && sampled.Assignments[row] >= 0)];
        return new SampleReport(
            rows.Rows,
            sample,
            fullSeconds,
            sampledSeconds,
            Math.Round(assignment, 3),
            Math.Round((rows.Rows - sample) / Math.Max(assignment, 1e-3)),
            fullCpu,
            sampledCpu,
            full.Report.Topics,
            sampled.Report.Topics,
            sampled.Report.Sample?.AddedTopics ?? 0,
            Share(full),
            Share(sampled),
            Math.Round(PartitionAgreement.AdjustedMutualInformation(full.Assignments, sampled.Assignments), 4),
            Math.Round(
                PartitionAgreement.AdjustedMutualInformation(
                    Array.ConvertAll(both, row => full.Assignments[row]), Array.ConvertAll(both, row => sampled.Assignments[row])),
                4),
            WithPlanted(full),
            WithPlanted(sampled),
            Codes(full),
            Codes(sampled));
    }

    /// <summary>
    /// Returns a document whose text is its own, but has one word of a few: single digits are no words. So the time is that of the vectors.
    /// </summary>
    private static Document Text(int row) => new(
        row.ToString("D8", CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"word{row % 50} ")
            + string.Join(' ', row.ToString(CultureInfo.InvariantCulture).ToCharArray()));

    /// <summary>Returns cluster settings for the sample: the smallest topic has the same share of the documents as in all.</summary>
    private HdbscanOptions Scaled() => options.Clusters with
    {
        MinClusterSize = Math.Max(LeastClusterSize, (int)((long)options.Clusters.MinClusterSize * sample / rows.Rows)),
    };

    private double? WithPlanted(TopicModel model) => planted is null
        ? null
        : Math.Round(PartitionAgreement.AdjustedMutualInformation(planted, model.Assignments), 4);

    private static string[] Codes(TopicModel model) => [.. model.Report.Warnings.Select(static warning => warning.Code)];

    private static double Share(TopicModel model) => Math.Round((double)model.Report.Outliers / model.Report.Documents, 4);

    private (TopicModel Model, double Seconds, double CpuSeconds) Fit(
        Document[] documents, TopicModelOptions settings, CancellationToken cancellationToken)
    {
        EmbedderInfo encoder = new("bench", "full", new string('0', 64), rows.Columns, 256);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        TopicModel model = new TopicModelTrainer(settings).Fit(documents, rows, encoder, _compute, progress: null, cancellationToken);
        return (
            model,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 2),
            Math.Round((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 2));
    }
}
