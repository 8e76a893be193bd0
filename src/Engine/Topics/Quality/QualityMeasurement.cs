using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>Computation of <see cref="ModelQuality"/> from a model, its documents and their embeddings.</summary>
public static class QualityMeasurement
{
    /// <summary>Words of each topic that coherence and diversity compare; the usual number in publications.</summary>
    private const int ComparedWords = 10;

    /// <summary>Measures a model.</summary>
    /// <param name="model">
    /// The model. The <see cref="TopicModelOptions.CoherenceMeasures"/> of its settings are computed in addition to NPMI.
    /// </param>
    /// <param name="documents">
    /// Training documents of the model, in any order; null if they are not available: then coherence is not computed.
    /// </param>
    /// <param name="embeddings">Embeddings in the order of the model's documents; null for those that the model keeps.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The figures.</returns>
    public static ModelQuality Measure(
        TopicModel model,
        IReadOnlyList<Document>? documents,
        Matrix? embeddings,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(compute);
        string[][] words = [.. model.Topics.Skip(model.OutlierOffset).Select(BestWords)];
        int largest = model.Topics.Skip(model.OutlierOffset).Select(static topic => topic.Count).DefaultIfEmpty(0).Max();
        int outliers = model.OutlierOffset == 1 ? model.Topics[0].Count : 0;
        int all = model.Assignments.Length;
        Matrix? vectors = embeddings ?? (model.State.Sample is null ? model.Layout?.TrainingRows : model.DocumentVectors);
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
                : TopicCoherence
                    .Compute(
                        Measures(model.Options),
                        words,
                        [.. documents.Select(static document => document.Text)],
                        model.Options.Words.Segmentation,
                        compute,
                        cancellationToken),
            Persistence = TopicPersistence.Of(model),
            Agreement = vectors is null ? null : AgreementSample.Measure(model, vectors, compute, cancellationToken),
        };
    }

    private static IReadOnlyList<CoherenceMeasure> Measures(TopicModelOptions options) =>
        [.. options.CoherenceMeasures.Prepend(CoherenceMeasure.Npmi).Distinct()];

    /// <summary>Returns the words of a topic without the empty padding.</summary>
    private static string[] BestWords(Topic topic) =>
        [.. topic.Words.Take(ComparedWords).Select(static word => word.Term).Where(static word => word.Length > 0)];
}
