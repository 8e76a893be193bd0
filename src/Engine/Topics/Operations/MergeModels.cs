using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Merges several models with the same encoder into one; BERTopic's <c>merge_models</c>. Topics of the first model keep their ids. A topic
/// of another model becomes a new topic if the similarity of its centroid to every topic so far is below the threshold. Otherwise its
/// documents join the most similar topic (as in BERTopic, outliers count as a topic). Outliers stay outliers. The result has no layout,
/// cluster tree or term weights and predicts by centroid. It recognizes the texts of the models and has the settings of the first, but no
/// embeddings of documents and so no novelty. Difference: custom labels are kept; BERTopic drops them.
/// </summary>
/// <param name="MinSimilarity">Minimum cosine of two topics that become one, −1 to 1; Python <c>min_similarity</c>. Default 0.7.</param>
/// <param name="IdPrefixes">
/// Prefix for the document ids of each model, so that equal ids of different sources stay distinct; null for none.
/// </param>
public sealed record MergeModels(double MinSimilarity = 0.7, IReadOnlyList<string>? IdPrefixes = null)
{
    /// <summary>BERTopic's name of the operation.</summary>
    public static string Name => "merge_models";

    /// <summary>Clock for the times in the report. Default: the system clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Merges the models.</summary>
    /// <param name="models">Two or more models, the base first; no document id occurs in two of them.</param>
    /// <param name="cancellationToken">Cancels between two models.</param>
    /// <returns>The new model.</returns>
    /// <exception cref="ArgumentException">Fewer than two models, different encoders, or a document in two models.</exception>
    public TopicModel Apply(IReadOnlyList<TopicModel> models, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(models);
        Check(models);
        models = IdPrefixes is null ? models : [.. models.Zip(IdPrefixes, PrefixedIds.Of)];
        StageClock clock = new(Time, progress: null);
        TopicModelState state = clock.Run(FitStage.Topics, _ => Merge(models, cancellationToken));
        return new TopicModel(
            (state with { Report = new TopicAssignments(state.Assignments).Report(clock.Stages, [], state.Options) }).WithUids());
    }

    internal void Validate() => OptionRange.Require(MinSimilarity, -1, 1);

    private void Check(IReadOnlyList<TopicModel> models)
    {
        if (models.Count < 2)
        {
            throw new ArgumentException($"A merge needs two or more models; {models.Count} given.");
        }

        if (IdPrefixes is not null && IdPrefixes.Count != models.Count)
        {
            throw new ArgumentException($"A merge of {models.Count} models needs as many document id prefixes; {IdPrefixes.Count} given.");
        }

        Validate();
        foreach (TopicModel model in models)
        {
            if (model.Embedder.Sha256 != models[0].Embedder.Sha256 || model.Embedder.Dimension != models[0].Embedder.Dimension)
            {
                throw new ArgumentException(
                    $"Models of different encoders cannot be merged: {models[0].Embedder.Name} ({models[0].Embedder.Sha256}) and "
                    + $"{model.Embedder.Name} ({model.Embedder.Sha256}).");
            }
        }
    }

    private TopicModelState Merge(IReadOnlyList<TopicModel> models, CancellationToken cancellationToken)
    {
        MergedTopics topics = new(models[0], models.FirstOrDefault(model => model.OutlierOffset == 1));
        MergedDocuments documents = new();
        documents.Add(models[0], topic => topic);
        foreach (TopicModel model in models.Skip(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] next = topics.Add(model, MinSimilarity);
            documents.Add(model, topic => topic < 0 ? -1 : next[topic]);
        }

        DocumentColumns columns = documents.Sorted();
        IReadOnlyList<Topic> merged = topics.Counted(columns);
        return models[0].State with
        {
            DocumentIds = columns.Ids,
            ErasedRows = documents.Erased(columns),
            Assignments = columns.Assignments,
            ClusterStrengths = columns.Strengths,
            Probabilities = null,
            DocumentVectors = null,
            DocumentIndex = null,
            Texts = documents.Texts(columns),
            Novelty = null,
            MapPoints = null,
            Topics = merged,
            Aspects = topics.Aspects(),
            TopicCentroids = topics.Centroids(),
            Mapper = TopicMapper.Identity(merged.Count - topics.OutlierOffset, topics.OutlierOffset == 1),
            Vocabulary = new Vocabulary([]),
            InverseFrequencies = [],
            TermWeights = new CsrMatrix<double>(0, new int[merged.Count + 1], [], []),
            TermCounts = null,
            Layout = null,
            Clusters = null,
            Layers = null,
            Refinements = [],
        };
    }
}
