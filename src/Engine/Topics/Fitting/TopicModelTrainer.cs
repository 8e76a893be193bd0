using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Layering;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Fits a topic model: neighbors, layout, clusters, topics. Source: BERTopic's <c>fit_transform</c>. The trainer first sorts the documents
/// by id, so the model depends only on documents, settings and seed: neither on the order of the documents nor on the number of threads.
/// </summary>
public sealed class TopicModelTrainer
{
    private readonly TopicModelOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="time">Clock for the times in the report; null for the system clock.</param>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public TopicModelTrainer(TopicModelOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Validated();
        _options.Reduction.Validated();
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Checks, before the embeddings are computed, that the texts have a word for the topics.</summary>
    /// <param name="documents">The documents.</param>
    /// <exception cref="VocabularyException">No text has a word, and the settings name no vocabulary.</exception>
    public void RequireWords(IReadOnlyList<Document> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        IEnumerable<string> texts = documents.Select(static document => document.Text);
        if (_options.Words.Vocabulary is null && !DocumentTokenizer.MayHaveWord(texts, _options.Words))
        {
            throw VocabularyException.NoWord();
        }
    }

    /// <summary>Fits without knowledge of the documents.</summary>
    /// <param name="documents">Documents as in <see cref="FitInput.Documents"/>.</param>
    /// <param name="embeddings">Embedding of each document.</param>
    /// <param name="embedder">Encoder of the embeddings.</param>
    /// <param name="compute">Number of threads; it does not change the model.</param>
    /// <param name="progress">Receives the stage and the fraction done; null for none.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">The documents are too few, repeat an id or do not fit the embeddings.</exception>
    public TopicModel Fit(
        IReadOnlyList<Document> documents,
        Matrix embeddings,
        EmbedderInfo embedder,
        ComputeOptions compute,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken) => Fit(new FitInput(documents, embeddings, embedder), compute, progress, cancellationToken);

    /// <summary>Fits.</summary>
    /// <param name="input">Documents, embeddings and guidance.</param>
    /// <param name="compute">Number of threads; it does not change the model.</param>
    /// <param name="progress">Receives the stage and the fraction done; null for none.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The model. It predicts by centroid only if topics are given manually or if a zero-shot topic has documents.</returns>
    /// <exception cref="ArgumentException">
    /// The documents are too few, repeat an id or do not fit the embeddings; the guidance names a document that is not among them; or the
    /// settings need the encoder and <see cref="TopicGuidance.Embedder"/> is missing or another one.
    /// </exception>
    public TopicModel Fit(FitInput input, ComputeOptions compute, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(input.Documents);
        ArgumentNullException.ThrowIfNull(input.Embeddings);
        ArgumentNullException.ThrowIfNull(input.Embedder);
        ArgumentNullException.ThrowIfNull(input.Guidance);
        ArgumentNullException.ThrowIfNull(compute);
        if (_options.Representations.Any)
        {
            // Representations run last: check their encoder before minutes of work.
            FittedEncoder.Check(input.Guidance.Embedder, input.Embedder);
        }

        if (SampledFit.Applies(_options, input))
        {
            return new SampledFit(_options, _time, compute).Run(input, progress, cancellationToken);
        }

        AutomaticFit automatic = new(_options, input.Documents.Count);
        (TopicModelOptions options, FitWarning? reduced) = SmallCorpus.Adapt(automatic.Options, input.Documents.Count);
        var sorted = CanonicalInput.Create(input, input.Guidance.ManualTopics is null ? options : null);
        StageClock clock = new(_time, progress);
        FitContext fit = new(sorted, input.Embedder, options, clock, compute, cancellationToken)
        {
            Stages = new CheckpointedStages(input.Checkpoints, clock, cancellationToken),
        };
        AutomaticWords words = new(fit, input.EncoderLanguages);
        fit = words.Choose();
        TopicModel model = FindTopics(fit, automatic, input.Guidance);
        if (reduced is not null && model.Layout is not null)
        {
            model = model.WithReport(model.Report with { Warnings = [reduced, .. model.Report.Warnings] });
        }

        return words.Explain(automatic.Explain(FittedWords.Choose(fit, model, input)));
    }

    private static TopicModel FindTopics(FitContext fit, AutomaticFit automatic, TopicGuidance guidance)
    {
        string[] ids = fit.Input.Documents.Ids;
        if (guidance.ManualTopics is { } manual)
        {
            return ManualTopicsFit.Run(fit with { Options = automatic.WithoutTree(fit.Options) }, DocumentClasses.Read(manual, ids));
        }

        int[]? targets = guidance.Targets is { } known ? DocumentClasses.Read(known, ids).Numbers : null;
        int[]? zeroShot = null;
        FitContext unmoved = fit;
        if (fit.Options.SeedTopics.Count + fit.Options.ZeroShotTopics.Count > 0)
        {
            NameVectors vectors = new(guidance.Embedder, fit.Embedder, fit.CancellationToken);
            (fit, targets) = SeedTopicGuide.Apply(fit, targets, vectors);
            zeroShot = ZeroShotMatch.Find(fit.Input.Embeddings, fit.Options, vectors);
        }

        if (zeroShot is null && targets is null && IdenticalDocuments.Are(fit.Input.Embeddings))
        {
            return IdenticalDocuments.Fit(fit with { Options = automatic.WithoutTree(fit.Options) });
        }

        if (zeroShot is not null)
        {
            fit = fit with { Options = automatic.WithoutTree(fit.Options) };
        }

        if (fit.Options.MergeDuplicates && zeroShot is null && targets is null && fit.Options.SeedTopics.Count == 0)
        {
            fit = fit with { Repeats = RepeatedTexts.Find(fit.Input, fit.Options.Layout) };
        }

        (fit, UmapModel layout, Matrix[] checks) = Place(fit, targets, automatic.Checks(fit.Options));
        fit = fit.Options.SeedTopics.Count == 0 ? fit : fit with { Novelty = DocumentNeighbors.Novelty(unmoved, layout) };
        return zeroShot is null ? Cluster(fit, layout, checks, automatic) : ZeroShotFit.Run(fit, layout, zeroShot);
    }

    private static (FitContext Fit, UmapModel Layout, Matrix[] Checks) Place(
        FitContext fit, int[]? targets, IReadOnlyList<UmapOptions> checks)
    {
        UmapOptions options = fit.Options.Layout;
        RepeatedTexts? few = fit.Repeats is { AreFew: true } ? fit.Repeats : null;
        Matrix rows = few is null && fit.Repeats is { } many ? many.Distinct(fit.Input.Embeddings) : fit.Input.Embeddings;
        NeighborOptions search = new() { NeighborCount = options.NeighborCount, Metric = options.Metric };
        NeighborTable neighbors = fit.Stages.Run(
            FitStage.Neighbors,
            new NeighborFormat(rows.Rows, options.NeighborCount),
            progress => new NeighborSearch(search).Find(rows, fit.Compute, progress, fit.CancellationToken));
        (UmapModel layout, Matrix[] positions) = fit.Stages.Run(
            FitStage.Layout,
            new LayoutFormat(rows, options, checks.Count),
            progress => new Umap(options).Fit(rows, neighbors, targets, checks, fit.Compute, progress, fit.CancellationToken));
        SearchGraph? graph = few is null && layout.Graph is { } own && fit.Repeats is { } texts ? texts.All(own) : layout.Graph;
        int[] each = [.. Enumerable.Range(0, fit.Input.Embeddings.Rows)];
        int[] textOf = fit.Repeats?.DistinctOf ?? each;
        int[] rowOf = few is null ? textOf : each;
        if (few is not null)
        {
            layout = new UmapModel(layout.Options, layout.A, layout.B, few.Distinct(rows), few.Distinct(layout.Embedding));
            positions = Array.ConvertAll(positions, few.Distinct);
        }

        return (fit with
        {
            Graph = graph,
            Novelty = DocumentNeighbors.Novelty(neighbors, options.Metric),
            Duplicates = fit.Options.MergeDuplicates && options.Metric == DistanceMetric.Cosine
                ? NearDuplicates.Find(neighbors, rowOf, textOf, fit.Input.Documents.Ids)
                : [],
        }, layout, positions);
    }

    private static TopicModel Cluster(FitContext fit, UmapModel layout, IReadOnlyList<Matrix> checks, AutomaticFit automatic)
    {
        Matrix points = layout.Embedding;
        ClusterFormat format = new(() => fit.Repeats?.All(points) ?? points, fit.Options.Clusters);
        (HdbscanModel clusters, TreeChoice? choice) = fit.Stages.Run(
            FitStage.Clusters, format, progress => Select(fit, points, checks, automatic, progress));
        TopicModelOptions options = automatic.Apply(choice, fit.Options);
        fit = fit with { Options = options };
        if (fit.Repeats is { } repeats)
        {
            Matrix positions = repeats.All(layout.Embedding);
            layout = new UmapModel(layout.Options, layout.A, layout.B, fit.Input.Embeddings, positions, fit.Graph);
        }

        Matrix? membership = options.CalculateProbabilities
            ? fit.Clock.Run(FitStage.Probabilities, _ => clusters.MembershipOfTraining(fit.Compute, fit.CancellationToken))
            : null;
        List<FitWarning> warnings = Warnings(fit, clusters);
        TopicModelState state = fit.Clock.Run(FitStage.Topics, _ => Topics(fit, layout, clusters, membership, warnings));
        return new TopicModel(
            state with
            {
                Report = new TopicAssignments(state.Assignments).Report(fit.Clock.Stages, warnings, options) with
                {
                    Duplicates = fit.Duplicates,
                },
            });
    }

    private static (HdbscanModel Clusters, TreeChoice? Choice) Select(
        FitContext fit, Matrix points, IReadOnlyList<Matrix> checks, AutomaticFit automatic, IProgress<double>? progress)
    {
        HdbscanModel clusters = new Hdbscan(fit.Options.Clusters).Fit(points, fit.Compute, progress, fit.CancellationToken);
        clusters = fit.Repeats is { } texts ? clusters.Extended(texts.DistinctOf) : clusters;
        TreeChoice? choice = automatic.Choose(clusters, fit.Options, fit.Repeats, checks, fit.Compute, fit.CancellationToken);
        return (choice is null ? clusters : clusters.Reselected(choice.Options), choice);
    }

    private static TopicModelState Topics(
        FitContext fit, UmapModel layout, HdbscanModel clusters, Matrix? membership, List<FitWarning> warnings)
    {
        TopicModelOptions options = fit.Options;
        TopicExtraction extraction = new(fit.Input.Documents, options.Words, fit.Compute, fit.CancellationToken);
        TopicPlan plan = TopicPlan
            .FromClusters(clusters.Labels, fit.Input.Embeddings, options.Reduction, fit.Compute, fit.CancellationToken)
            .AssignOutliers(fit.Input.Embeddings, options, fit.Compute, fit.CancellationToken);
        TopicContent content = extraction.ExtractOrRelax(plan.Assignments, options, warnings, fit.CancellationToken);
        TopicModelState state = new()
        {
            Options = options,
            Embedder = fit.Embedder,
            DocumentIds = fit.Input.Documents.Ids,
            Assignments = plan.Assignments.Topics,
            ClusterStrengths = clusters.Probabilities,
            Probabilities = membership is null ? null : TopicProbabilities.Map(
                membership, ClusterTopics(plan, clusters), plan.Assignments.TopicCount),
            Topics = content.Topics,
            TopicCentroids = plan.Centroids,
            Mapper = plan.Mapper,
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
            Layout = layout,
            Clusters = clusters,
            Report = plan.Assignments.Report([], warnings, options),
        };
        return LayerStage.Apply(fit.Recognizing(state), extraction, fit.CancellationToken);
    }

    private static List<FitWarning> Warnings(FitContext fit, HdbscanModel clusters)
    {
        List<FitWarning> warnings = [];
        if (NoTopicsCheck.Check(clusters, fit.Options, fit.Compute, fit.CancellationToken) is { } none)
        {
            warnings.Add(none);
        }

        if (CollapseCheck.Check(clusters, fit.Options, fit.Compute, fit.CancellationToken) is { } collapse)
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
