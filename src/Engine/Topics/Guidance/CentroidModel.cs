using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Guidance;

/// <summary>Puts a model together that has topics but no cluster tree. Strengths are cosines to the nearest mean vector, as BERTopic gives them there.</summary>
internal static class CentroidModel
{
    public static TopicModel Create(
        CanonicalInput input,
        EmbedderInfo embedder,
        UmapModel? layout,
        TopicLabels labels,
        double[] centroids,
        TopicMapper mapper,
        string?[] names,
        TopicModelOptions options,
        StageClock clock,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        List<FitWarning> warnings = [];
        TopicContent content = clock.Run(FitStage.Topics, _ => new TopicExtraction(input.Documents, options.Words, compute, cancellationToken)
            .ExtractOrRelax(labels, options, warnings, cancellationToken));
        Topic[] topics = [.. content.Topics.Select(topic => topic.Id >= 0 && names[topic.Id] is { } name ? topic with { Name = name, Label = name } : topic)];
        return new TopicModel(new TopicModelState
        {
            Options = options,
            Embedder = embedder,
            DocumentIds = input.Documents.Ids,
            Labels = labels.Labels,
            ClusterStrengths = Strengths(input.Embeddings, centroids, labels),
            Topics = topics,
            TopicCentroids = centroids,
            Mapper = mapper,
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
            DocumentVectors = layout is null ? input.Embeddings : null,
            Layout = layout,
            Report = FitReports.Create(labels, clock.Stages, warnings, options),
        });
    }

    /// <summary>Cosine of each document to the nearest mean vector.</summary>
    public static double[] Strengths(Matrix embeddings, double[] centroids, TopicLabels labels)
    {
        CentroidPredictor nearest = new(new Matrix(labels.RowCount, embeddings.Columns, Array.ConvertAll(centroids, value => (float)value)), labels.OutlierOffset);
        return [.. Enumerable.Range(0, embeddings.Rows).Select(row => nearest.Predict(embeddings.Row(row), allTopics: false).Probability)];
    }
}
