namespace TopicGrpc.Cluster.Tests.Metadata;

/// <summary>
/// Checks that concurrent moves of a label are linearizable. Because every move writes a number of its own, the only possible order of the
/// successful ones is the chain from each expected to each next number.
/// </summary>
internal static class LabelHistory
{
    /// <summary>Checks a history.</summary>
    /// <returns>Number of the label after it.</returns>
    public static long Check(long first, IReadOnlyList<LabelMove> moves)
    {
        Dictionary<long, LabelMove> byExpected = [];
        foreach (LabelMove move in moves.Where(static move => move.HasSucceeded))
        {
            Assert.True(byExpected.TryAdd(move.Expected, move), $"Two moves succeeded from {move.Expected}: a lost update.");
        }

        long current = first;
        int latestStart = 0;
        List<LabelMove> chain = [];
        while (byExpected.Remove(current, out LabelMove? move))
        {
            // A move takes effect after every move before it in the chain has started, and before its own end.
            latestStart = Math.Max(latestStart, move.Started);
            Assert.True(move.Ended > latestStart, $"The move to {move.Next} ended before an earlier one started.");
            chain.Add(move);
            current = move.Next;
        }

        Assert.Empty(byExpected);
        RequireFailuresExplained(first, chain, moves);
        return current;
    }

    /// <summary>A failed move must overlap with a time at which the label did not have the expected number.</summary>
    private static void RequireFailuresExplained(long first, List<LabelMove> chain, IReadOnlyList<LabelMove> moves)
    {
        foreach (LabelMove failed in moves.Where(static move => !move.HasSucceeded))
        {
            int left = chain.FindIndex(move => move.Expected == failed.Expected);
            bool wasThere = failed.Expected == first || chain.Exists(move => move.Next == failed.Expected);
            Assert.True(wasThere, $"A client read {failed.Expected}, which the label never had.");
            Assert.True(left >= 0 && chain[left].Started < failed.Ended, $"The move to {failed.Next} failed without a cause.");
        }
    }
}
