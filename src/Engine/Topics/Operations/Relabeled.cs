using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>State of a model after documents moved between topics or only the words change. Topic ids stay.</summary>
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

    /// <summary>Returns the centroids of new topics.</summary>
    /// <exception cref="InvalidOperationException">The model keeps no embeddings of its documents.</exception>
    public static double[] Means(TopicModel model, TopicAssignments assignments) => model.DocumentVectors is { } vectors
        ? TopicCentroids.Mean(vectors, assignments.Rows(), assignments.RowCount)
        : throw new InvalidOperationException("The model keeps no embeddings of its documents, so new topics would have no centroid. Fit "
            + "the corpus with these topics instead.");

    /// <summary>
    /// Returns the centroids of the current topics. BERTopic keeps the old centroids including the row of the outliers, so its predictions
    /// by centroid are off by one afterwards. A model without embeddings keeps its rows except that one.
    /// </summary>
    private static double[] Centroids(TopicModel model, TopicAssignments assignments) =>
        ReferenceEquals(assignments.Topics, model.Assignments)
            ? model.State.TopicCentroids
            : model.DocumentVectors is not null || assignments.OutlierOffset > model.OutlierOffset
                ? Means(model, assignments)
                : model.State.TopicCentroids[((model.OutlierOffset - assignments.OutlierOffset) * model.Embedder.Dimension)..];
}
