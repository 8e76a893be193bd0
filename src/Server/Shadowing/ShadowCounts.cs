namespace TopicGrpc.Server.Shadowing;

/// <summary>What a tally holds at one moment.</summary>
/// <param name="Compared">Texts that both versions answered.</param>
/// <param name="Disagreed">Those whose topics do not agree.</param>
/// <param name="Dropped">Copies for which there was no room.</param>
/// <param name="Failed">Copies that the shadow version could not answer.</param>
/// <param name="Commonest">Pairs of topics that do not agree, the commonest first.</param>
internal sealed record ShadowCounts(long Compared, long Disagreed, long Dropped, long Failed, IReadOnlyList<(TopicPair Pair, long Count)> Commonest);
