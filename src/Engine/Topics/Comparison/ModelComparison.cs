using TopicGrpc.Engine.Topics.Lineage;

namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>What changed from one model to another: topic by topic, and as figures. Topics are linked as <see cref="TopicLineage"/> links them.</summary>
public sealed record ModelComparison
{
    /// <summary>
    /// Every topic of both models, once or more; the outliers are left out. By number in the older model, the pair with
    /// the most documents first; then the added ones by number.
    /// </summary>
    public required IReadOnlyList<TopicMatch> Matches { get; init; }

    /// <summary>Documents, by id, that both models were fitted on.</summary>
    public required int SharedDocuments { get; init; }

    /// <summary>Agreement of the topics of the shared documents, the outliers a class of their own; 1 for the same, about 0 for unrelated ones. Null without shared documents. Python <c>adjusted_rand_score</c>.</summary>
    public required double? AdjustedRandIndex { get; init; }

    /// <summary>Share of the shared documents in a topic of the older model whose topic has the same uid in the newer; null without any.</summary>
    public required double? UidStability { get; init; }

    /// <summary>Compares two models.</summary>
    /// <param name="older">The older model.</param>
    /// <param name="newer">The newer model.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>What changed.</returns>
    public static ModelComparison Create(TopicModel older, TopicModel newer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        SharedDocuments shared = new(older, newer);
        cancellationToken.ThrowIfCancellationRequested();
        TopicChanges changes = new(TopicLinks.Find(older, newer, shared), shared);
        cancellationToken.ThrowIfCancellationRequested();
        return new ModelComparison
        {
            Matches = new TopicMatches(older, newer, shared).Describe(changes, cancellationToken),
            SharedDocuments = shared.FirstLabels.Length,
            AdjustedRandIndex = shared.FirstLabels.Length == 0 ? null : Comparison.AdjustedRandIndex.Compute(shared.FirstLabels, shared.SecondLabels),
            UidStability = Stability(older, newer, shared),
        };
    }

    private static double? Stability(TopicModel older, TopicModel newer, SharedDocuments shared)
    {
        int inTopics = 0;
        int same = 0;
        for (int i = 0; i < shared.FirstLabels.Length; i++)
        {
            if (shared.FirstLabels[i] >= 0)
            {
                inTopics++;
                same += shared.SecondLabels[i] >= 0 && older.Topics[shared.FirstLabels[i] + older.OutlierOffset].Uid == newer.Topics[shared.SecondLabels[i] + newer.OutlierOffset].Uid ? 1 : 0;
            }
        }

        return inTopics == 0 ? null : (double)same / inTopics;
    }
}
