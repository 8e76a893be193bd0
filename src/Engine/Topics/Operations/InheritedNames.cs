namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Inheritance of custom labels and uids by an operation.</summary>
internal static class InheritedNames
{
    /// <summary>Returns the topics with inherited labels and uids.</summary>
    /// <param name="before">Topics before the operation.</param>
    /// <param name="next">New topic of each old topic from 0; −1 for outliers.</param>
    /// <param name="after">Topics after the operation.</param>
    public static IReadOnlyList<Topic> Carry(IReadOnlyList<Topic> before, int[] next, IReadOnlyList<Topic> after) =>
        InheritedUids.Carry(before, next, InheritedCustomLabels.Carry(before, next, after));
}
