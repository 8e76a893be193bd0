using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Grouping;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Topics of all documents: those of the sample and those found among the outliers, numbered by size. Topics of the sample keep their
/// centroids, with which predictions compare.
/// </summary>
/// <param name="Assignments">Topic of each document.</param>
/// <param name="Strengths">Probability of each document.</param>
/// <param name="Next">New number of each topic of the sample.</param>
/// <param name="Added">Number of topics found among the outliers.</param>
/// <param name="State">State of the model of the sample, with the cluster steps, centroids and probabilities of these topics.</param>
internal sealed record SampledTopics(TopicAssignments Assignments, double[] Strengths, int[] Next, int Added, TopicModelState State)
{
    private const int BlockSize = 256;

    /// <summary>Combines the topics.</summary>
    /// <param name="model">Model of the sample.</param>
    /// <param name="embeddings">Embedding of each document.</param>
    /// <param name="assigned">Topics by that model.</param>
    /// <param name="found">Topics among the outliers; null for none.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public static SampledTopics Create(
        TopicModel model,
        Matrix embeddings,
        SampleAssignment assigned,
        OutlierSearch? found,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        int before = model.Topics.Count - model.OutlierOffset;
        int[] parts = found is null ? [] : Numbered(found.Accepted, before);
        int[] topics = [.. assigned.Topics];
        double[] strengths = [.. assigned.Strengths];
        TopicMapper mapper = model.Mapper;
        ClusterRefinement? refinement = null;
        if (found is not null)
        {
            int first = mapper.Rows == 0 ? 0 : mapper.Values[0] + mapper.Rows;
            int[] sources = [.. Enumerable.Range(-1, first + 1).Where(cluster => mapper.TopicOf(cluster) < 0)];
            refinement = new ClusterRefinement(found.Clusters, found.Rows, sources, first, Complete: false);
            Refine(found, parts, assigned, topics, strengths, compute, cancellationToken);
        }

        // A model without clusters lists its zero-shot topics first, whatever their sizes.
        int added = parts.Count(static part => part >= 0);
        int[] ranks = model.HasDensity ? FrequencyOrder.Rank(topics) : [.. Enumerable.Range(0, before)];
        TopicAssignments ordered = new(Array.ConvertAll(topics, topic => topic < 0 ? -1 : ranks[topic]));
        int[] next = ranks[..before];
        int[] nextParts = Array.ConvertAll(parts, part => part < 0 ? -1 : ranks[part]);
        int Renumbered(int topic) => topic < 0 ? -1 : next[topic];
        TopicModelState state = model.State with
        {
            Mapper = refinement is null ? mapper.Append(Renumbered) : mapper.Divide(-1, Renumbered, nextParts),
            Refinements = refinement is null ? [] : [refinement],
            TopicCentroids = Centroids(model, embeddings, ordered, next),
            Probabilities = assigned.Probabilities is { } old
                ? Probabilities(old, assigned.Positions!, refinement, next, nextParts, ordered.TopicCount, compute, cancellationToken)
                : null,
        };
        return new SampledTopics(ordered, strengths, next, added, state);
    }

    /// <summary>Returns the topic of each cluster; −1 for a cluster that is none.</summary>
    private static int[] Numbered(bool[] accepted, int first)
    {
        int next = first;
        return Array.ConvertAll(accepted, isTopic => isTopic ? next++ : -1);
    }

    private static void Refine(
        OutlierSearch found,
        int[] parts,
        SampleAssignment assigned,
        int[] topics,
        double[] strengths,
        ComputeOptions compute,
        CancellationToken cancellationToken) => RowBlocks.Run(
        topics.Length,
        BlockSize,
        compute.Threads,
        (_, first, end) =>
        {
            double[] shares = new double[found.Clusters.ClusterCount];
            for (int row = first; row < end; row++)
            {
                if (topics[row] >= 0)
                {
                    continue;
                }

                int at = Array.BinarySearch(found.Rows, row);
                ClusterAssignment inner = at >= 0
                    ? new ClusterAssignment(found.Clusters.Labels[at], found.Clusters.Probabilities[at])
                    : found.Clusters.Predict(assigned.Positions!.Row(row), shares);
                if (inner.Cluster >= 0 && parts[inner.Cluster] >= 0)
                {
                    topics[row] = parts[inner.Cluster];
                    strengths[row] = inner.Strength;
                }
            }
        },
        cancellationToken);

    private static double[] Centroids(TopicModel model, Matrix embeddings, TopicAssignments ordered, int[] next)
    {
        int dimension = embeddings.Columns;
        bool isComplete = ordered.TopicCount == next.Length && ordered.OutlierOffset <= model.OutlierOffset;
        double[] centroids = isComplete
            ? new double[ordered.RowCount * dimension]
            : TopicCentroids.Mean(embeddings, ordered.Rows(), ordered.RowCount);
        for (int row = 0; row < model.Topics.Count; row++)
        {
            int target = row < model.OutlierOffset ? ordered.OutlierOffset - 1 : next[row - model.OutlierOffset] + ordered.OutlierOffset;
            if (target >= 0)
            {
                model.State.TopicCentroids.AsSpan(row * dimension, dimension).CopyTo(centroids.AsSpan(target * dimension));
            }
        }

        return centroids;
    }

    private static Matrix Probabilities(
        Matrix old,
        Matrix positions,
        ClusterRefinement? refinement,
        int[] next,
        int[] parts,
        int topics,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        Matrix result = new(old.Rows, topics);
        RowBlocks.Run(
            old.Rows,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                double[] shares = new double[parts.Length];
                for (int row = first; row < end; row++)
                {
                    Span<float> after = result.Row(row);
                    double sum = 0;
                    for (int topic = 0; topic < next.Length; topic++)
                    {
                        after[next[topic]] = old.Row(row)[topic];
                        sum += old.Row(row)[topic];
                    }

                    if (refinement is not null)
                    {
                        refinement.Clusters.Predict(positions.Row(row), shares);
                        RefinedClusters.Divide(refinement, shares, Math.Max(0, 1 - sum));
                        for (int part = 0; part < parts.Length; part++)
                        {
                            if (parts[part] >= 0)
                            {
                                after[parts[part]] = (float)shares[part];
                            }
                        }
                    }
                }
            },
            cancellationToken);
        return result;
    }
}
