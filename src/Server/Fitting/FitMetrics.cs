using System.Diagnostics.Metrics;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Instruments of fits and derivations.</summary>
internal sealed class FitMetrics
{
    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.01, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600],
    };

    private readonly Histogram<double> _stages;
    private readonly Counter<long> _documents;
    private readonly Counter<long> _fits;
    private readonly Counter<long> _lookups;

    public FitMetrics(Meter meter)
    {
        _stages = meter.CreateHistogram("topicgrpc.fit.stage.duration", "s", "Time of a stage of a fit, by stage.", tags: null, Buckets);
        _documents = meter.CreateCounter<long>("topicgrpc.fit.documents", "{document}", "Documents of fits that succeeded.");
        _lookups = meter.CreateCounter<long>(
            "topicgrpc.embedding.cache.lookups", "{document}", "Documents of fits whose embedding was looked up, by result.");
        _fits = meter.CreateCounter<long>("topicgrpc.fit.ended", "{fit}", "Fits and derivations that ended, by outcome.");
    }

    /// <summary>Records a fit that made a version.</summary>
    public void Succeeded(FitReport report)
    {
        foreach (FitReport.Types.StageTime stage in report.StageTimes)
        {
            _stages.Record(stage.Duration.ToTimeSpan().TotalSeconds, new KeyValuePair<string, object?>("stage", stage.Stage.ToString()));
        }

        _documents.Add(report.DocumentCount);
        Ended("succeeded");
    }

    /// <summary>Counts the documents of a fit by the place of their embedding.</summary>
    /// <param name="own">Cached for the corpus.</param>
    /// <param name="others">Cached for another corpus.</param>
    /// <param name="missing">Not cached.</param>
    public void LookedUp(int own, int others, int missing)
    {
        _lookups.Add(own, new KeyValuePair<string, object?>("result", "corpus"));
        _lookups.Add(others, new KeyValuePair<string, object?>("result", "other"));
        _lookups.Add(missing, new KeyValuePair<string, object?>("result", "none"));
    }

    /// <summary>Counts a fit that ended.</summary>
    /// <param name="outcome"><c>succeeded</c>, <c>failed</c>, <c>cancelled</c> or <c>interrupted</c>.</param>
    public void Ended(string outcome) => _fits.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
