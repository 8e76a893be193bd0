namespace TopicGrpc.Server.Shadowing;

/// <summary>A snapshot of a tally.</summary>
/// <param name="Compared">Texts that both versions answered.</param>
/// <param name="Disagreed">Texts whose topics differ.</param>
/// <param name="Dropped">Copies dropped because the queue was full.</param>
/// <param name="Failed">Copies that the shadow version could not answer.</param>
/// <param name="Commonest">Pairs of topics that differ, most frequent first.</param>
internal sealed record ShadowCounts(
    long Compared,
    long Disagreed,
    long Dropped,
    long Failed,
    IReadOnlyList<(TopicPair Pair, long Count)> Commonest);
