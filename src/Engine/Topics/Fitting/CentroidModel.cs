using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Builds a model that has topics but no cluster tree. Strengths are cosines to the nearest topic centroid, as in BERTopic.
/// </summary>
internal static class CentroidModel
{
    /// <summary>Describes the topics and builds the model.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="layout">Layout of the documents; null if none was computed.</param>
    /// <param name="plan">The topics.</param>
    /// <param name="names">Given name of each topic from 0; null for a topic without one.</param>
    public static TopicModel Create(FitContext fit, UmapModel? layout, TopicPlan plan, string?[] names)
    {
        List<FitWarning> warnings = [];
        CanonicalInput input = fit.Input;
        plan = plan.AssignOutliers(input.Embeddings, fit.Options, fit.Compute, fit.CancellationToken);
        fit = layout is null ? DocumentNeighbors.Find(fit) : fit;
        TopicContent content = fit.Clock.Run(
            FitStage.Topics,
            _ => new TopicExtraction(input.Documents, fit.Options.Words, fit.Compute, fit.CancellationToken)
                .ExtractOrRelax(plan.Assignments, fit.Options, warnings, fit.CancellationToken));
        TopicModelState state = new()
        {
            Options = fit.Options,
            Embedder = fit.Embedder,
            DocumentIds = input.Documents.Ids,
            Assignments = plan.Assignments.Topics,
            ClusterStrengths = CentroidPredictor.Strengths(input.Embeddings, plan.Centroids, plan.Assignments),
            Topics =
            [
                .. content.Topics
                    .Select(topic => topic.Id >= 0 && names[topic.Id] is { } name ? topic with { Name = name, CustomLabel = name } : topic),
            ],
            TopicCentroids = plan.Centroids,
            Mapper = plan.Mapper,
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
            DocumentVectors = layout is null ? input.Embeddings : null,
            DocumentIndex = layout is null && fit.Novelty is not null ? RowIndex.Build(input.Embeddings, DistanceMetric.Cosine) : null,
            Layout = layout,
            Report = plan.Assignments.Report(fit.Clock.Stages, warnings, fit.Options),
        };
        return new TopicModel(fit.Recognizing(state).WithUids());
    }
}
