namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>What topics are called beside their number, over a change of topics: labels and uids.</summary>
internal static class InheritedNames
{
    /// <summary>Carries both over.</summary>
    /// <param name="before">Topics before.</param>
    /// <param name="next">New topic of each old topic from 0.</param>
    /// <param name="after">Topics now.</param>
    public static IReadOnlyList<Topic> Carry(IReadOnlyList<Topic> before, int[] next, IReadOnlyList<Topic> after) =>
        InheritedUids.Carry(before, next, InheritedCustomLabels.Carry(before, next, after));
}
