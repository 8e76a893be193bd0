namespace TopicGrpc.Explorer.Tests.Browser;

/// <summary>Classes that move labels of the shared server, or compare views with labels. They run one after the other.</summary>
internal static class LabelMoves
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Labels of the shared server";
}
