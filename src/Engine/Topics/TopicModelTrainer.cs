using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Automatic;
using TopicGrpc.Engine.Topics.Guidance;
using TopicGrpc.Engine.Topics.Representations;

namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Fits a topic model: neighbors, layout, clusters, topics. Source: BERTopic's <c>fit_transform</c>. Documents are put in
/// the order of their ids first, so the model depends on the documents, the settings and the seed alone: not on the order
/// they came in, nor on the number of threads.
/// </summary>
public sealed class TopicModelTrainer
{
    private readonly TopicModelOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="time">Clock for the times in the report; null: the system's.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public TopicModelTrainer(TopicModelOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Fits.</summary>
    /// <param name="documents">Documents with distinct ids, in any order: more than n_neighbors, two more than n_components, as many as min_cluster_size.</param>
    /// <param name="embeddings">Their vectors, row by row in the order of <paramref name="documents"/>, all finite.</param>
    /// <param name="embedder">Encoder that made them.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Gets the stage and the fraction of it that is done; null for none.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">The documents are too few, repeat an id or do not fit the embeddings.</exception>
    public TopicModel Fit(
        IReadOnlyList<Document> documents,
        Matrix embeddings,
        EmbedderInfo embedder,
        ComputeOptions compute,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken) => Fit(documents, embeddings, embedder, TopicGuidance.None, compute, progress, cancellationToken);

    /// <summary>Fits with what is known of the documents beforehand.</summary>
    /// <param name="documents">As above.</param>
    /// <param name="embeddings">As above.</param>
    /// <param name="embedder">As above.</param>
    /// <param name="guidance">Labels of documents, and the encoder for seed topics, zero-shot topics and representations.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">As above.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The model. With manual topics, or where a zero-shot topic got documents, it predicts by centroid only.</returns>
    /// <exception cref="ArgumentException">As above; or the settings name seed topics, zero-shot topics or representations and the encoder is missing or another one, or a label belongs to no document.</exception>
    public TopicModel Fit(
        IReadOnlyList<Document> documents,
        Matrix embeddings,
        EmbedderInfo embedder,
        TopicGuidance guidance,
        ComputeOptions compute,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(guidance);
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(compute);
        if (_options.Representations.Any)
        {
            // Known now, not when the topics have been found.
            FittedEncoder.Check(guidance.Embedder, embedder);
        }

        AutomaticFit automatic = new(_options, documents.Count);
        var input = CanonicalInput.Create(documents, embeddings, embedder, guidance.ManualTopics is null ? automatic.Options : null);
        TopicModel model = FindTopics(input, embedder, automatic, guidance, compute, progress, cancellationToken);
        return automatic.Explain(FittedWords.Choose(model, _options.Representations, documents, guidance.Embedder, compute, cancellationToken));
    }

    private TopicModel FindTopics(
        CanonicalInput input,
        EmbedderInfo embedder,
        AutomaticFit automatic,
        TopicGuidance guidance,
        ComputeOptions compute,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        StageClock clock = new(_time, progress);
        if (guidance.ManualTopics is { } manual)
        {
            return ManualTopicsFit.Run(input, embedder, DocumentClasses.Read(manual, input.Documents.Ids), automatic.WithoutTree(automatic.Options), clock, compute, cancellationToken);
        }

        int[]? targets = guidance.Targets is { } known ? DocumentClasses.Read(known, input.Documents.Ids).Labels : null;
        int[]? zeroShot = null;
        TopicModelOptions options = automatic.Options;
        if (options.SeedTopics.Count + options.ZeroShotTopics.Count > 0)
        {
            NameVectors vectors = new(guidance.Embedder, embedder, cancellationToken);
            (input, targets, options) = SeedTopicGuide.Apply(input, targets, options, vectors);
            zeroShot = ZeroShotMatch.Find(input.Embeddings, options, vectors);
        }

        NeighborOptions search = new() { NeighborCount = options.Layout.NeighborCount, Metric = options.Layout.Metric };
        NeighborTable neighbors = clock.Run(FitStage.Neighbors, inner => new NeighborSearch(search).Find(input.Embeddings, compute, inner, cancellationToken));
        UmapModel layout = clock.Run(FitStage.Layout, inner => new Umap(options.Layout).Fit(input.Embeddings, neighbors, targets, compute, inner, cancellationToken));
        if (zeroShot is not null)
        {
            return ZeroShotFit.Run(input, embedder, layout, zeroShot, automatic.WithoutTree(options), clock, compute, cancellationToken);
        }

        HdbscanModel clusters = clock.Run(FitStage.Clusters, inner => new Hdbscan(options.Clusters).Fit(layout.Embedding, compute, inner, cancellationToken));
        (clusters, options) = automatic.AtTree(clusters, options);
        Matrix? membership = options.CalculateProbabilities
            ? clock.Run(FitStage.Probabilities, _ => clusters.MembershipOfTraining(compute, cancellationToken))
            : null;
        List<FitWarning> warnings = Warnings(clusters, options, compute, cancellationToken);
        (TopicPlan plan, TopicContent content) = clock.Run(FitStage.Topics, _ => Topics(input, clusters, options, warnings, compute, cancellationToken));
        return new TopicModel(new TopicModelState
        {
            Options = options,
            Embedder = embedder,
            DocumentIds = input.Documents.Ids,
            Labels = plan.Labels.Labels,
            ClusterStrengths = clusters.Probabilities,
            Probabilities = membership is null ? null : TopicProbabilities.Map(membership.Values, ClusterTopics(plan, clusters), plan.Labels.TopicCount),
            Topics = content.Topics,
            TopicCentroids = plan.Centroids,
            Mapper = plan.Mapper,
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
            Layout = layout,
            Clusters = clusters,
            Report = FitReports.Create(plan.Labels, clock.Stages, warnings, options),
        });
    }

    private static (TopicPlan Plan, TopicContent Content) Topics(
        CanonicalInput input, HdbscanModel clusters, TopicModelOptions options, List<FitWarning> warnings, ComputeOptions compute, CancellationToken cancellationToken)
    {
        TopicExtraction extraction = new(input.Documents, options.Words, compute, cancellationToken);
        var plan = TopicPlan.FromClusters(clusters.Labels, input.Embeddings, options.Reduction, compute, cancellationToken);
        return (plan, extraction.ExtractOrRelax(plan.Labels, options, warnings, cancellationToken));
    }

    private static List<FitWarning> Warnings(HdbscanModel clusters, TopicModelOptions options, ComputeOptions compute, CancellationToken cancellationToken)
    {
        List<FitWarning> warnings = [];
        if (clusters.ClusterCount == 0)
        {
            warnings.Add(new FitWarning(FitWarning.NoTopics, $"No cluster of {options.Clusters.MinClusterSize} documents was found: every document is an outlier. Lower min_cluster_size or min_samples, or add documents."));
        }

        if (CollapseCheck.Check(clusters, options, compute, cancellationToken) is { } collapse)
        {
            warnings.Add(collapse);
        }

        return warnings;
    }

    private static int[] ClusterTopics(TopicPlan plan, HdbscanModel clusters)
    {
        int[] topics = new int[clusters.ClusterCount];
        for (int cluster = 0; cluster < topics.Length; cluster++)
        {
            topics[cluster] = plan.Mapper.TopicOf(cluster);
        }

        return topics;
    }
}
