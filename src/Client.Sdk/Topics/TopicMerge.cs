namespace TopicGrpc.Client.Topics;

/// <summary>A merge of two nodes of a hierarchy. A node is a topic or an earlier merge.</summary>
public sealed record TopicMerge
{
    /// <summary>Number of the new node: the number of topics for the first merge, then ascending.</summary>
    public required int Node { get; init; }

    /// <summary>Five best words of all documents below the node, joined by underscores.</summary>
    public required string Name { get; init; }

    /// <summary>First child.</summary>
    public required int Left { get; init; }

    /// <summary>Name of the child.</summary>
    public required string LeftName { get; init; }

    /// <summary>Second child.</summary>
    public required int Right { get; init; }

    /// <summary>Name of the child.</summary>
    public required string RightName { get; init; }

    /// <summary>Distance of the two nodes.</summary>
    public required double Distance { get; init; }

    /// <summary>Topics below the node, ascending.</summary>
    public IReadOnlyList<int> Topics { get; init; } = [];
}
