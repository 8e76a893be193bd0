using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>State of a model after documents moved between topics or only the words change. Topic ids stay.</summary>
internal static class Relabeled
{
    /// <summary>Returns the state with new topics of documents or with new words.</summary>
    public static TopicModelState State(OperationInput input, TopicAssignments assignments, TopicModelOptions options) =>
        State(input, assignments, options, Centroids(input.Model, assignments));

    /// <summary>
    /// Returns the state after outliers joined topics. As in BERTopic, they do not change the centroids: the outliers left, and new texts,
    /// are compared with the same centroids as those that joined.
    /// </summary>
    public static TopicModelState WithAssignedOutliers(OperationInput input, TopicAssignments assignments, TopicModelOptions options) =>
        State(input, assignments, options, Kept(input.Model, assignments));

    private static TopicModelState State(
        OperationInput input, TopicAssignments assignments, TopicModelOptions options, double[] centroids)
    {
        TopicModel model = input.Model;
        int[] same = [.. Enumerable.Range(0, assignments.TopicCount)];
        return input.Described(
            model.State with { Options = options, TopicCentroids = centroids },
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
                : Kept(model, assignments);

    /// <summary>Returns the centroids without the row of outliers that are no longer there.</summary>
    private static double[] Kept(TopicModel model, TopicAssignments assignments) =>
        model.State.TopicCentroids[((model.OutlierOffset - assignments.OutlierOffset) * model.Embedder.Dimension)..];
}
