using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// The last stages of a fit with zero-shot topics: the zero-shot topics with documents come first, in the order of the list, then the
/// clusters of the remaining documents. The cluster tree covers only these, so the model predicts by centroid.
/// Source: BERTopic's <c>_zeroshot_topic_modeling</c> and <c>_combine_zeroshot_topics</c>.
/// </summary>
internal static class ZeroShotFit
{
    /// <summary>Clusters the unmatched documents and builds the model.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="layout">Layout of all documents.</param>
    /// <param name="matches">Number of the matched zero-shot topic of each document; −1 for none.</param>
    public static TopicModel Run(FitContext fit, UmapModel layout, int[] matches)
    {
        int[] used = [.. matches.Where(match => match >= 0).Distinct().Order()];
        int[] rest = [.. Enumerable.Range(0, matches.Length).Where(row => matches[row] < 0)];
        int[] clusters = fit.Stages.Run(
            FitStage.Clusters, new LabelFormat(rest.Length), progress => Clusters(fit, layout.Embedding, rest, progress));
        int[] assigned = Array.ConvertAll(matches, match => match < 0 ? -1 : Array.BinarySearch(used, match));
        for (int i = 0; i < rest.Length; i++)
        {
            assigned[rest[i]] = clusters[i] < 0 ? -1 : used.Length + clusters[i];
        }

        var plan = TopicPlan.Unchanged(new TopicAssignments(assigned), fit.Input.Embeddings);
        string?[] names = new string?[plan.Assignments.TopicCount];
        for (int topic = 0; topic < used.Length; topic++)
        {
            names[topic] = fit.Options.ZeroShotTopics[used[topic]];
        }

        return CentroidModel.Create(fit, layout, plan, names);
    }

    private static int[] Clusters(FitContext fit, Matrix points, int[] rows, IProgress<double>? progress)
    {
        if (rows.Length < fit.Options.Clusters.MinClusterSize)
        {
            int[] none = new int[rows.Length];
            Array.Fill(none, -1);
            return none;
        }

        return new Hdbscan(fit.Options.Clusters).Fit(points.Take(rows), fit.Compute, progress, fit.CancellationToken).Labels;
    }
}
