using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>The state after documents changed their topic, or after nothing but the words is to change: topic ids stay.</summary>
internal static class Relabeled
{
    public static TopicModelState State(OperationInput input, TopicAssignments assignments, TopicModelOptions options)
    {
        TopicModel model = input.Model;
        int[] same = [.. Enumerable.Range(0, assignments.TopicCount)];
        return input.Described(
            model.State with { Options = options, TopicCentroids = Centroids(model, assignments) },
            assignments,
            topics => InheritedNames.Carry([.. model.Topics.Skip(model.OutlierOffset - assignments.OutlierOffset)], same, topics));
    }

    /// <summary>Mean vectors of topics that are given anew.</summary>
    /// <exception cref="InvalidOperationException">The model holds no vectors of its documents.</exception>
    public static double[] Means(TopicModel model, TopicAssignments assignments) => model.DocumentVectors is { } vectors
        ? TopicCentroids.Mean(vectors, assignments.Rows(), assignments.RowCount)
        : throw new InvalidOperationException("The model holds no vectors of its documents, so topics given anew would have no mean vector. Fit the corpus with these topics.");

    /// <summary>
    /// Mean vectors of the topics as they are now. BERTopic leaves the old ones, with the outliers' row still among them,
    /// so that prediction by centroid is off by one afterwards. A model without vectors keeps its rows but that one.
    /// </summary>
    private static double[] Centroids(TopicModel model, TopicAssignments assignments) =>
        ReferenceEquals(assignments.Topics, model.Assignments)
            ? model.State.TopicCentroids
            : model.DocumentVectors is not null || assignments.OutlierOffset > model.OutlierOffset
                ? Means(model, assignments)
                : model.State.TopicCentroids[((model.OutlierOffset - assignments.OutlierOffset) * model.Embedder.Dimension)..];
}
