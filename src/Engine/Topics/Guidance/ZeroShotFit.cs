using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Guidance;

/// <summary>
/// The end of a fit with zero-shot topics: the topics that got documents come first, in the order of the list, then the
/// clusters among the other documents. The clusters see a part of the documents only, so the model predicts by centroid.
/// Source: BERTopic's <c>_zeroshot_topic_modeling</c> and <c>_combine_zeroshot_topics</c>.
/// </summary>
internal static class ZeroShotFit
{
    public static TopicModel Run(
        CanonicalInput input,
        EmbedderInfo embedder,
        UmapModel layout,
        int[] matches,
        TopicModelOptions options,
        StageClock clock,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        int[] used = [.. matches.Where(match => match >= 0).Distinct().Order()];
        int[] rest = [.. Enumerable.Range(0, matches.Length).Where(row => matches[row] < 0)];
        int[] clusters = clock.Run(FitStage.Clusters, inner => Clusters(layout.Embedding, rest, options.Clusters, compute, inner, cancellationToken));
        int[] labels = Array.ConvertAll(matches, match => match < 0 ? -1 : Array.BinarySearch(used, match));
        for (int i = 0; i < rest.Length; i++)
        {
            labels[rest[i]] = clusters[i] < 0 ? -1 : used.Length + clusters[i];
        }

        TopicLabels topics = new(labels);
        double[] centroids = TopicCentroids.Mean(input.Embeddings, topics.Rows(), topics.RowCount);
        var mapper = TopicMapper.Identity(topics.TopicCount, topics.OutlierOffset == 1);
        string?[] names = [.. Enumerable.Range(0, topics.TopicCount).Select(topic => topic < used.Length ? options.ZeroShotTopics[used[topic]] : null)];
        return CentroidModel.Create(input, embedder, layout, topics, centroids, mapper, names, options, clock, compute, cancellationToken);
    }

    private static int[] Clusters(
        Matrix places, int[] rows, HdbscanOptions options, ComputeOptions compute, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (rows.Length < options.MinClusterSize)
        {
            int[] none = new int[rows.Length];
            Array.Fill(none, -1);
            return none;
        }

        Matrix part = new(rows.Length, places.Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            places.Row(rows[i]).CopyTo(part.Row(i));
        }

        return new Hdbscan(options).Fit(part, compute, progress, cancellationToken).Labels;
    }
}
