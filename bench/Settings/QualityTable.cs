using System.Globalization;
using TopicGrpc.Parity;

namespace TopicGrpc.Settings;

/// <summary>Writer of the results: one line per seed, then the means and the agreement between seeds.</summary>
internal static class QualityTable
{
    public static void WriteHeader(TextWriter to) =>
        to.WriteLine("seed  topics  outliers  largest   NPMI  diversity   AMI  AMI filled  seconds  min/max cluster size");

    public static void WriteLine(TextWriter to, SeedResult run) => to.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Seed,4}  {run.Topics,6}  {run.OutlierShare,8:F3}  {run.LargestShare,7:F3}  {run.Npmi,5:F3}  "
        + $"{run.Diversity,9:F3}  {run.ClassAgreement,4:F3}  {run.FilledAgreement,10:F3}  {run.Seconds,7:F2}  "
        + $"{run.MinClusterSize}/{run.MaxClusterSize}"));

    /// <summary>Writes the means of runs and their mean pairwise agreement.</summary>
    public static void WriteMeans(TextWriter to, IReadOnlyList<SeedResult> runs)
    {
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seeds {runs[0].Seed} to {runs[^1].Seed}: topics {runs.Min(run => run.Topics)} to {runs.Max(run => run.Topics)}, "
            + $"outliers {runs.Average(run => run.OutlierShare):F3}, NPMI {runs.Average(run => run.Npmi):F3}, "
            + $"diversity {runs.Average(run => run.Diversity):F3}, AMI {runs.Average(run => run.ClassAgreement):F3}, "
            + $"filled {runs.Average(run => run.FilledAgreement):F3}, between seeds {Between(runs):F3}, "
            + $"seconds {runs.Min(run => run.Seconds):F2}"));
    }

    /// <summary>Writes the runs that collapsed: fewer than five topics, or one topic with most of the clustered documents.</summary>
    public static void WriteCollapses(TextWriter to, IReadOnlyList<SeedResult> runs)
    {
        const int FewTopics = 5;
        const double Most = 0.5;
        List<long> collapsed = [.. runs.Where(run => run.Topics < FewTopics || run.LargestShare > Most).Select(run => run.Seed)];
        string which = collapsed.Count == 0 ? "none" : string.Join(", ", collapsed);
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"collapsed of {runs.Count} seeds: {which}; topics {runs.Min(run => run.Topics)} to {runs.Max(run => run.Topics)}, "
            + $"largest topic at most {runs.Max(run => run.LargestShare):F3} of the clustered documents"));
    }

    /// <summary>Returns the mean agreement of all pairs of runs.</summary>
    public static double Between(IReadOnlyList<SeedResult> runs)
    {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            for (int j = i + 1; j < runs.Count; j++)
            {
                sum += Partitions.AdjustedMutualInformation(runs[i].Labels, runs[j].Labels);
                pairs++;
            }
        }

        return pairs == 0 ? double.NaN : sum / pairs;
    }
}
