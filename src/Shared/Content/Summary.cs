using TopicGrpc.V1;

namespace TopicGrpc.Shared.Content;

/// <summary>What responses leave out: only <c>GetFit</c> and <c>GetVersion</c> return parts that may take megabytes.</summary>
internal static class Summary
{
    private const int MaxQualityBytes = 1 << 20;

    /// <summary>Returns a fit as events, lists and the responses of other methods hold it.</summary>
    /// <param name="fit">The whole fit; it stays as it is.</param>
    public static Fit Of(Fit fit)
    {
        Fit summary = fit.Clone();
        summary.Settings = null;
        summary.Operation = null;
        summary.Report = null;
        return summary;
    }

    /// <summary>Returns a version as lists hold it.</summary>
    /// <param name="version">The whole version; it stays as it is.</param>
    public static ModelVersion Of(ModelVersion version)
    {
        ModelVersion summary = version.Clone();
        summary.Operation = null;
        if (summary.Report is { } report)
        {
            report.Settings = null;
            if (report.Quality?.CalculateSize() > MaxQualityBytes)
            {
                RemoveFiguresByTopic(report.Quality);
            }
        }

        return summary;
    }

    /// <summary>Returns a version as events of a watch hold it.</summary>
    /// <param name="version">The version, whole or as in lists; it stays as it is.</param>
    public static ModelVersion Event(ModelVersion version)
    {
        ModelVersion summary = Of(version);
        if (summary.Report?.Quality is { } quality)
        {
            RemoveFiguresByTopic(quality);
        }

        return summary;
    }

    private static void RemoveFiguresByTopic(FitQuality quality)
    {
        quality.TopicPersistences.Clear();
        foreach (FitQuality.Types.Coherence coherence in quality.Coherences)
        {
            coherence.TopicScores.Clear();
        }
    }
}
