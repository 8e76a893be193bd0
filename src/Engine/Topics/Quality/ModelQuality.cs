using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>Figures by which models are compared: computed from a model, its documents and their vectors, never from labels that people gave.</summary>
public sealed record ModelQuality
{
    /// <summary>Words of a topic that coherence and diversity look at; the usual number in publications.</summary>
    private const int ComparedWords = 10;

    /// <summary>Topics, the outlier topic not counted.</summary>
    public required int Topics { get; init; }

    /// <summary>Share of the documents in no topic, 0 to 1; 0 without documents.</summary>
    public required double OutlierShare { get; init; }

    /// <summary>Documents of the largest topic; 0 without topics.</summary>
    public required int LargestTopic { get; init; }

    /// <summary>Its share of the documents that are in a topic, 0 to 1; 0 without topics.</summary>
    public required double LargestTopicShare { get; init; }

    /// <summary>Distinct words among the ten best of every topic, outliers left out, 0 to 1; null without words.</summary>
    public double? Diversity { get; init; }

    /// <summary>Coherence of the ten best words by each measure, NPMI first; empty where the texts were not at hand.</summary>
    public IReadOnlyList<CoherenceScore> Coherence { get; init; } = [];

    /// <summary>Persistence by topic from 0, 0 to 1: of the clusters that became the topic the mean weighted by documents. Null for a topic without clusters.</summary>
    public required IReadOnlyList<double?> Persistence { get; init; }

    /// <summary>How often the model predicts the topic that a document has; null where the vectors were not at hand.</summary>
    public PredictionAgreement? Agreement { get; init; }

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model; <see cref="TopicModelOptions.CoherenceMeasures"/> of its settings are computed beside NPMI.</param>
    /// <param name="documents">The documents that it was fitted on, in any order; null where they are gone, and coherence is left out.</param>
    /// <param name="embeddings">Their vectors in the order of the model's documents; null: those that the model keeps.</param>
    /// <param name="compute">Threads; never change a figure.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The figures.</returns>
    public static ModelQuality Measure(
        TopicModel model, IReadOnlyList<Document>? documents, Matrix? embeddings, ComputeOptions compute, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(compute);
        string[][] words = [.. model.Topics.Skip(model.OutlierOffset).Select(BestWords)];
        int largest = model.Topics.Skip(model.OutlierOffset).Select(static topic => topic.Count).DefaultIfEmpty(0).Max();
        int outliers = model.OutlierOffset == 1 ? model.Topics[0].Count : 0;
        int all = model.Labels.Length;
        Matrix? vectors = embeddings ?? model.Layout?.TrainingRows;
        double diversity = TopicDiversity.Compute(words);
        return new ModelQuality
        {
            Topics = words.Length,
            OutlierShare = all == 0 ? 0 : (double)outliers / all,
            LargestTopic = largest,
            LargestTopicShare = largest == 0 ? 0 : (double)largest / (all - outliers),
            Diversity = double.IsNaN(diversity) ? null : diversity,
            Coherence = documents is null
                ? []
                : TopicCoherence.Compute(Measures(model.Options), words, [.. documents.Select(static document => document.Text)], compute, cancellationToken),
            Persistence = TopicPersistence.Of(model),
            Agreement = vectors is null ? null : AgreementSample.Measure(model, vectors, compute, cancellationToken),
        };
    }

    private static IReadOnlyList<CoherenceMeasure> Measures(TopicModelOptions options) =>
        [.. options.CoherenceMeasures.Prepend(CoherenceMeasure.Npmi).Distinct()];

    /// <summary>A topic with too few words is padded with empty ones, which say nothing.</summary>
    private static string[] BestWords(Topic topic) =>
        [.. topic.Words.Take(ComparedWords).Select(static word => word.Term).Where(static word => word.Length > 0)];
}
