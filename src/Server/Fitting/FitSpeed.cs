using TopicGrpc.Engine.Topics.Estimation;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Contract;
using FitReport = TopicGrpc.V1.FitReport;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Speed of this server: by stage, the median ratio of the time that finished fits took to the time estimated for the reference machine. It
/// is computed from the stored reports, so a restart keeps it. Thread-safe.
/// </summary>
internal sealed class FitSpeed(FitStore fits, FitThreads threads)
{
    /// <summary>Fits that count, the newest.</summary>
    private const int MostFits = 8;

    /// <summary>Stored fits that are searched for them.</summary>
    private const int MostRead = 64;

    /// <summary>Fewest documents of a fit that counts: a small fit spends its time on other things than its stages.</summary>
    private const int FewestDocuments = 1000;

    private const double LeastFactor = 0.05;
    private const double LargestFactor = 50;

    private Measured? _measured;

    /// <summary>Adapts an estimate for the reference machine. Reads reports at the first call and after a fit has ended.</summary>
    /// <returns>The estimate, and the number of fits that it adapts to.</returns>
    public async Task<(FitEstimate Estimate, int Fits)> AdaptAsync(FitEstimate estimate, CancellationToken cancellationToken)
    {
        Measured measured = await MeasureAsync(cancellationToken);
        return (estimate.Scaled(stage => measured.Factors.GetValueOrDefault(stage, measured.Typical)), measured.Fits);
    }

    private async Task<Measured> MeasureAsync(CancellationToken cancellationToken)
    {
        // Read before the reports: a fit that ends meanwhile makes the next call read them again.
        long ended = fits.EndedCount;
        if (Volatile.Read(ref _measured) is { } known && known.EndedCount == ended)
        {
            return known;
        }

        Measured measured = Measure(await fits.RunAsync(Read, cancellationToken), ended);
        Volatile.Write(ref _measured, measured);
        return measured;
    }

    private static List<FitContent> Read(FitStore store) =>
    [
        .. store.List(long.MaxValue, MostRead, modelId: string.Empty)
            .Where(static row => row.State is { Status: FitStatus.Succeeded, IsFit: true, DocumentCount: >= FewestDocuments })
            .Take(MostFits)
            .Select(row => store.ReadContent(row.State.Id)),
    ];

    private Measured Measure(List<FitContent> contents, long endedCount)
    {
        Dictionary<FitStage, List<double>> ratios = [];
        foreach (FitContent content in contents)
        {
            if (content.Report is { } report)
            {
                Compare(report, FitSettingsContract.FromProto(content.Settings), ratios);
            }
        }

        var factors = ratios.ToDictionary(static pair => pair.Key, static pair => Median(pair.Value));
        double typical = factors.Count == 0 ? 1 : Median([.. factors.Values]);
        return new Measured(factors, typical, contents.Count, endedCount);
    }

    private void Compare(FitReport report, Engine.Topics.Settings.TopicModelOptions settings, Dictionary<FitStage, List<double>> ratios)
    {
        // The bytes of the texts are not in the report, so stages on texts have no ratio of their own.
        FitWorkload workload = new(report.DocumentCount, TextBytes: 0, report.EmbeddingDimension, settings, threads.Most)
        {
            Embeds = false,
        };
        foreach (StageEstimate stage in FitEstimator.Estimate(workload).Stages)
        {
            FitReport.Types.StageTime? time = report.StageTimes.FirstOrDefault(time => time.Stage == FitMapping.ToProto(stage.Stage));
            if (time is not null && stage.Seconds > 0)
            {
                ratios.TryAdd(stage.Stage, []);
                ratios[stage.Stage].Add(
                    Math.Clamp(time.Duration.ToTimeSpan().TotalSeconds / stage.Seconds, LeastFactor, LargestFactor));
            }
        }
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /// <param name="Factors">Factor by stage.</param>
    /// <param name="Typical">Factor of a stage without one.</param>
    /// <param name="Fits">Number of fits.</param>
    /// <param name="EndedCount">Fits that had ended before the reports were read.</param>
    private sealed record Measured(IReadOnlyDictionary<FitStage, double> Factors, double Typical, int Fits, long EndedCount);
}
