using TopicGrpc.Engine.Topics.Lineage;

namespace TopicGrpc.Engine.Topics.Comparison;

/// <summary>Changes between two models, by topic and as figures. Topics are linked as in <see cref="TopicLineage"/>.</summary>
public sealed record ModelComparison
{
    /// <summary>
    /// All topics of both models except the outlier topics, each at least once: by number in the older model, within one topic the pair
    /// with the most documents first; then the added topics by number.
    /// </summary>
    public required IReadOnlyList<TopicMatch> Matches { get; init; }

    /// <summary>Number of documents, by id, on which both models were fitted.</summary>
    public required int SharedDocuments { get; init; }

    /// <summary>
    /// Agreement of the assignments of the shared documents; outliers are one class. 1 for equal, about 0 for unrelated assignments. Null
    /// without shared documents. Python <c>adjusted_rand_score</c>.
    /// </summary>
    public required double? AdjustedRandIndex { get; init; }

    /// <summary>
    /// Share of the shared documents in a topic of the older model that are in a topic with the same uid in the newer model; null without
    /// such documents.
    /// </summary>
    public required double? UidStability { get; init; }

    /// <summary>Compares two models.</summary>
    /// <param name="older">The older model.</param>
    /// <param name="newer">The newer model.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    /// <returns>The changes.</returns>
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
            AdjustedRandIndex = shared.FirstLabels.Length == 0 ? null : Comparison.AdjustedRandIndex.Compute(
                shared.FirstLabels, shared.SecondLabels),
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
                bool inBoth = shared.SecondLabels[i] >= 0;
                same += inBoth && older.Find(shared.FirstLabels[i])!.Uid == newer.Find(shared.SecondLabels[i])!.Uid ? 1 : 0;
            }
        }

        return inTopics == 0 ? null : (double)same / inTopics;
    }
}
