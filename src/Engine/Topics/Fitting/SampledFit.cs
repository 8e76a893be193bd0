using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Layering;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// A fit on a sample: all stages on the sample, then the topics of all other documents as a prediction gives them, then topics among the
/// outliers of all documents, then words over all documents. Its model has every document, but only the sample in layout and clusters.
/// </summary>
/// <param name="Options">Settings with a sample.</param>
/// <param name="Time">Clock of the report.</param>
/// <param name="Compute">Number of threads; it does not change the model.</param>
internal sealed record SampledFit(TopicModelOptions Options, TimeProvider Time, ComputeOptions Compute)
{
    private static readonly string[] WarningsOfWords =
        [FitWarning.VocabularyLimits, FitWarning.TopicsWithoutWords, FitWarning.WeightingIgnored];

    /// <summary>Returns whether the settings have a sample that is smaller than the input. Given topics need no layout.</summary>
    public static bool Applies(TopicModelOptions options, FitInput input) =>
        options.Sample is { } sample && sample.Size < input.Documents.Count && input.Guidance.ManualTopics is null;

    /// <summary>Fits.</summary>
    /// <param name="input">All documents.</param>
    /// <param name="progress">Receives the stage and the fraction done; null for none.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    public TopicModel Run(FitInput input, IProgress<FitProgress>? progress, CancellationToken cancellationToken)
    {
        var all = CanonicalInput.Create(input, options: null);
        Document[] documents = Array.ConvertAll(all.Documents.Order, position => input.Documents[position]);
        var choice = SampleChoice.Of(documents, Options.Sample!);
        TopicModelOptions plain = Options with { Sample = null, Representations = TopicRepresentations.None };
        TopicModel sampled = new TopicModelTrainer(plain, Time).Fit(
            Part(input, documents, all, choice.Rows), Compute, progress, cancellationToken);
        TopicModelOptions options = sampled.Options with { Sample = Options.Sample, Representations = Options.Representations };

        StageClock clock = new(Time, progress);
        SampleAssignment assigned = new CheckpointedStages(input.Checkpoints, clock, cancellationToken).Run(
            FitStage.Assignment,
            new SampleAssignmentFormat(sampled, documents.Length),
            inner => SampleAssignment.Of(sampled, all, choice.Rows, Compute, inner, cancellationToken));
        SampledTopics topics = clock.Run(
            FitStage.Assignment, _ => AddTopics(sampled, all, choice, assigned, cancellationToken));
        List<FitWarning> warnings =
        [
            .. sampled.Report.Warnings.Where(static warning => !WarningsOfWords.Contains(warning.Code, StringComparer.Ordinal)),
        ];
        TopicModelState state = clock.Run(
            FitStage.Topics,
            _ => Describe(sampled, all, assigned, topics, choice, options, warnings, cancellationToken));
        TopicModel model = new(
            state with
            {
                Report = topics.Assignments.Report(Stages(sampled, clock), warnings, options) with
                {
                    Choices = sampled.Report.Choices,
                    Resolution = sampled.Report.Resolution,
                    Duplicates = sampled.Report.Duplicates,
                    Languages = sampled.Report.Languages,
                    Sample = SampleComparison.Of(choice, topics),
                },
            });
        return FittedWords.Choose(
            new FitContext(all, input.Embedder, options, clock, Compute, cancellationToken), model, input);
    }

    private static FitInput Part(FitInput input, Document[] documents, CanonicalInput all, int[] rows)
    {
        Matrix vectors = input.Scratch.Create(
            rows.Length, all.Embeddings.Columns, (place, row) => all.Embeddings.Row(rows[place]).CopyTo(row));
        Document[] part = Array.ConvertAll(rows, row => documents[row]);
        IReadOnlyDictionary<string, string>? targets = input.Guidance.Targets;
        return input with
        {
            Documents = part,
            Embeddings = vectors,
            Guidance = targets is null ? input.Guidance : input.Guidance with
            {
                Targets = part
                    .Where(document => targets.ContainsKey(document.Id))
                    .ToDictionary(static document => document.Id, document => targets[document.Id], StringComparer.Ordinal),
            },
        };
    }

    private SampledTopics AddTopics(
        TopicModel sampled, CanonicalInput all, SampleChoice choice, SampleAssignment assigned, CancellationToken cancellationToken)
    {
        var found = OutlierSearch.Find(sampled, all, assigned, choice, Compute, cancellationToken);
        return SampledTopics.Create(sampled, all.Embeddings, assigned, found, Compute, cancellationToken);
    }

    private TopicModelState Describe(
        TopicModel sampled,
        CanonicalInput all,
        SampleAssignment assigned,
        SampledTopics topics,
        SampleChoice choice,
        TopicModelOptions options,
        List<FitWarning> warnings,
        CancellationToken cancellationToken)
    {
        TopicExtraction extraction = new(all.Documents, options.Words, Compute, cancellationToken);
        TopicContent content = extraction.ExtractOrRelax(topics.Assignments, options, warnings, cancellationToken);
        TopicModelState state = topics.State with
        {
            Options = options,
            DocumentIds = all.Documents.Ids,
            Assignments = topics.Assignments.Topics,
            ClusterStrengths = topics.Strengths,
            Sample = assigned.Positions is { } positions ? new FittedSample(choice.Rows, positions) : null,
            DocumentVectors = all.Embeddings,
            DocumentIndex = sampled.State.DocumentIndex is null ? null : RowIndex.Build(all.Embeddings, DistanceMetric.Cosine),
            Texts = TrainingTexts.Of(all.Documents.Texts),
            Topics = Named(sampled, topics, content),
            Aspects = null,
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
        };
        return LayerStage.Apply(state, extraction, cancellationToken);
    }

    /// <summary>Returns the topics with the names of zero-shot topics.</summary>
    private static IReadOnlyList<Topic> Named(TopicModel sampled, SampledTopics topics, TopicContent content) =>
    [
        .. InheritedCustomLabels.Carry([.. sampled.Topics.Where(static topic => topic.Id >= 0)], topics.Next, content.Topics)
            .Select(static topic => topic.CustomLabel is { } name ? topic with { Name = name } : topic),
    ];

    private static StageTime[] Stages(TopicModel sampled, StageClock clock)
    {
        double words = sampled.Report.Stages.Where(static stage => stage.Stage == FitStage.Topics).Sum(static stage => stage.Seconds);
        return
        [
            .. sampled.Report.Stages.Where(static stage => stage.Stage != FitStage.Topics),
            .. clock.Stages
                .GroupBy(static stage => stage.Stage, static stage => stage.Seconds)
                .Select(stage => new StageTime(stage.Key, stage.Sum() + (stage.Key == FitStage.Topics ? words : 0))),
        ];
    }
}
