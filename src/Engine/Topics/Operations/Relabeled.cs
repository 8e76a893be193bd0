namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>The state after documents changed their topic, or after nothing but the words is to change: topic ids stay.</summary>
internal static class Relabeled
{
    public static TopicModelState State(OperationInput input, TopicLabels labels, TopicModelOptions options)
    {
        TopicModel model = input.Model;
        TopicContent content = input.Extract(labels, options);
        int[] same = [.. Enumerable.Range(0, labels.TopicCount)];
        return model.State with
        {
            Options = options,
            Labels = labels.Labels,
            TopicCentroids = Centroids(model, labels),
            Topics = KeptLabels.Carry([.. model.Topics.Skip(model.OutlierOffset - labels.OutlierOffset)], same, content.Topics),
            Aspects = KeptAspects.Drop(model.State, input.Warnings),
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
        };
    }

    /// <summary>
    /// Mean vectors of the topics as they are now. BERTopic leaves the old ones, with the outliers' row still among them,
    /// so that prediction by centroid is off by one afterwards. A model without vectors keeps its rows but that one.
    /// </summary>
    private static double[] Centroids(TopicModel model, TopicLabels labels) =>
        ReferenceEquals(labels.Labels, model.Labels)
            ? model.State.TopicCentroids
            : model.Layout is { } layout
                ? TopicCentroids.Mean(layout.TrainingRows, labels.Rows(), labels.RowCount)
                : model.State.TopicCentroids[((model.OutlierOffset - labels.OutlierOffset) * model.Embedder.Dimension)..];
}
