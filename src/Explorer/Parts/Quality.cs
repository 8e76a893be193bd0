using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Explorer.Parts;

/// <summary>Tier of a version's quality, from figures that need no labels.</summary>
/// <param name="Name">Name of the tier.</param>
/// <param name="Style">Class of its mark: <c>good</c>, <c>warn</c> or <c>bad</c>; empty for none.</param>
/// <param name="Reason">The figures that decide.</param>
public sealed record Quality(string Name, string Style, string Reason)
{
    private const double GoodCoherence = 0.1;
    private const double WeakCoherence = 0.02;
    private const double ManyOutliers = 0.5;
    private const double LargeTopic = 0.4;

    /// <summary>Returns the tier of a version.</summary>
    /// <param name="version">The version with its report.</param>
    public static Quality Of(ModelVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        FitQuality? figures = version.Report?.Quality;
        if (figures is null)
        {
            return new Quality("not measured", "", "The version has no quality figures.");
        }

        double? coherence = figures.CoherenceBy(CoherenceMeasures.Npmi);
        string reason = $"coherence (NPMI) {Format.Number(coherence)}, outliers {Format.Share(figures.OutlierShare)}, "
            + $"largest topic {Format.Share(figures.LargestTopicShare)} of the documents in topics";
        if (figures.TopicCount < 2 || figures.LargestTopicShare > 0.8 || coherence < WeakCoherence)
        {
            return new Quality("weak", "bad", reason);
        }

        return coherence >= GoodCoherence && figures.OutlierShare <= ManyOutliers && figures.LargestTopicShare <= LargeTopic
            ? new Quality("good", "good", reason)
            : new Quality("fair", "warn", reason);
    }
}
