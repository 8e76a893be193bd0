using System.Numerics.Tensors;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Search for topics that are too rare for a sample: clusters among the outliers of all documents, at their positions in the layout of the
/// sample. A prediction finds them there too, so they are stored as a refinement of the outliers. Source of the rule of acceptance:
/// BERTopic's <c>merge_models</c>, in which a topic is new if its centroid is not similar to that of another topic.
/// </summary>
/// <param name="Clusters">Clusters of the outliers and of some members of topics.</param>
/// <param name="Rows">Outliers and members of topics in these clusters, ascending.</param>
/// <param name="Accepted">Whether each cluster is a topic; the outliers in the others stay outliers.</param>
internal sealed record OutlierSearch(HdbscanModel Clusters, int[] Rows, bool[] Accepted)
{
    /// <summary>Cosine with the centroid of another topic from which a cluster is not a topic of its own.</summary>
    private const double MostSimilarity = 0.7;

    /// <summary>
    /// Members of topics that are clustered with the outliers, in multiples of the minimum cluster size: a tree of one dense group alone
    /// does not split, so it has no cluster.
    /// </summary>
    private const int ContextOfClusters = 20;

    /// <summary>Searches the outliers.</summary>
    /// <param name="model">Model of the sample.</param>
    /// <param name="input">All documents.</param>
    /// <param name="assigned">Topics and positions of all documents.</param>
    /// <param name="choice">The sample; if there are more outliers than sampled documents, as many are searched.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The clusters; null if no topic was found.</returns>
    public static OutlierSearch? Find(
        TopicModel model,
        CanonicalInput input,
        SampleAssignment assigned,
        SampleChoice choice,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        if (model.Clusters is not { } tree || assigned.Positions is not { } positions)
        {
            return null;
        }

        int[] outliers = choice.Least(
            [.. Enumerable.Range(0, assigned.Topics.Length).Where(row => assigned.Topics[row] < 0)], choice.Rows.Length);
        if (outliers.Length < tree.Options.MinClusterSize)
        {
            return null;
        }

        int[] members = choice.Least(
            [.. choice.Rows.Where(row => assigned.Topics[row] >= 0)],
            Math.Max(outliers.Length, ContextOfClusters * tree.Options.MinClusterSize));
        int[] rows = [.. outliers.Concat(members).Order()];
        HdbscanOptions options = new()
        {
            MinClusterSize = tree.Options.MinClusterSize,
            MinSamples = tree.Options.EffectiveMinSamples(tree.State.Points.Rows),
            SelectionMethod = ClusterSelectionMethod.Leaf,
            Alpha = tree.Options.Alpha,
        };
        HdbscanModel found = new Hdbscan(options).Fit(positions.Take(rows), compute, progress: null, cancellationToken);
        bool[] accepted = new bool[found.ClusterCount];
        double[] centroids = Centroids(input.Embeddings, rows, assigned.Topics, found, out int[] sizes);
        int dimension = input.Embeddings.Columns;
        List<double[]> topics = Topics(model);
        for (int cluster = 0; cluster < accepted.Length; cluster++)
        {
            double[] centroid = centroids[(cluster * dimension)..((cluster + 1) * dimension)];
            accepted[cluster] = sizes[cluster] >= options.MinClusterSize && topics.TrueForAll(
                topic => TensorPrimitives.CosineSimilarity<double>(topic, centroid) < MostSimilarity);
            if (accepted[cluster])
            {
                topics.Add(centroid);
            }
        }

        return accepted.Contains(value: true) ? new OutlierSearch(found, rows, accepted) : null;
    }

    private static List<double[]> Topics(TopicModel model)
    {
        int dimension = model.Embedder.Dimension;
        return
        [
            .. Enumerable.Range(model.OutlierOffset, model.Topics.Count - model.OutlierOffset)
                .Select(row => model.State.TopicCentroids[(row * dimension)..((row + 1) * dimension)]),
        ];
    }

    /// <summary>Returns the sum of the embeddings of the outliers in each cluster.</summary>
    private static double[] Centroids(Matrix embeddings, int[] rows, int[] topics, HdbscanModel found, out int[] sizes)
    {
        int dimension = embeddings.Columns;
        sizes = new int[found.ClusterCount];
        double[] sums = new double[found.ClusterCount * dimension];
        double[] vector = new double[dimension];
        for (int i = 0; i < rows.Length; i++)
        {
            if (found.Labels[i] >= 0 && topics[rows[i]] < 0)
            {
                sizes[found.Labels[i]]++;
                TensorPrimitives.ConvertTruncating<float, double>(embeddings.Row(rows[i]), vector);
                Span<double> sum = sums.AsSpan(found.Labels[i] * dimension, dimension);
                TensorPrimitives.Add(sum, vector, sum);
            }
        }

        return sums;
    }
}
