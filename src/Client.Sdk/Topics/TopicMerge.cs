namespace TopicGrpc.Client.Topics;

/// <summary>Two nodes of a hierarchy that become one. A node is a topic by its number, or an earlier merge.</summary>
public sealed record TopicMerge
{
    /// <summary>Node made: the number of topics for the first merge, then one more each.</summary>
    public required int Node { get; init; }

    /// <summary>Five best words of all documents below, joined by low lines.</summary>
    public required string Name { get; init; }

    /// <summary>One child.</summary>
    public required int Left { get; init; }

    /// <summary>Its words.</summary>
    public required string LeftName { get; init; }

    /// <summary>The other child.</summary>
    public required int Right { get; init; }

    /// <summary>Its words.</summary>
    public required string RightName { get; init; }

    /// <summary>Height of the merge.</summary>
    public required double Distance { get; init; }

    /// <summary>Topics below, ascending.</summary>
    public IReadOnlyList<int> Topics { get; init; } = [];
}
