using TopicGrpc.Client.Topics;

namespace TopicGrpc.Explorer.Topics;

/// <summary>A hierarchy of topics with a position for every node, and its groups below a distance.</summary>
public sealed class HierarchyTree
{
    private readonly Dictionary<int, TopicMerge> _merges;
    private readonly Dictionary<int, double> _positions = [];
    private readonly List<int> _leaves = [];

    private HierarchyTree(TopicHierarchy hierarchy)
    {
        _merges = hierarchy.Merges.ToDictionary(static merge => merge.Node);
        Merges = [.. hierarchy.Merges.OrderBy(static merge => merge.Node)];
        Root = Merges[^1].Node;
        MaxDistance = Merges.Max(static merge => merge.Distance);
        PlaceLeaves();
        foreach (TopicMerge merge in Merges)
        {
            _positions[merge.Node] = (_positions[merge.Left] + _positions[merge.Right]) / 2;
        }
    }

    /// <summary>Node of all topics.</summary>
    public int Root { get; }

    /// <summary>Largest distance of a merge.</summary>
    public double MaxDistance { get; }

    /// <summary>Merges in their order: a child comes before its parent.</summary>
    public IReadOnlyList<TopicMerge> Merges { get; }

    /// <summary>Topics from top to bottom: the topics of every node are adjacent.</summary>
    public IReadOnlyList<int> Leaves => _leaves;

    /// <summary>Number of topics.</summary>
    public int LeafCount => _leaves.Count;

    /// <summary>Returns the tree of a hierarchy with at least one merge.</summary>
    /// <param name="hierarchy">The hierarchy.</param>
    public static HierarchyTree Of(TopicHierarchy hierarchy)
    {
        ArgumentNullException.ThrowIfNull(hierarchy);
        return new HierarchyTree(hierarchy);
    }

    /// <summary>Returns the row of a node: that of a topic, or the middle between its children.</summary>
    /// <param name="node">The node.</param>
    public double Position(int node) => _positions[node];

    /// <summary>Returns the distance of a node; 0 for a topic.</summary>
    /// <param name="node">The node.</param>
    public double Distance(int node) => _merges.TryGetValue(node, out TopicMerge? merge) ? merge.Distance : 0;

    /// <summary>Returns the topics that merges up to a distance join, from top to bottom.</summary>
    /// <param name="cut">The distance.</param>
    public IReadOnlyList<IReadOnlyList<int>> Groups(double cut)
    {
        List<IReadOnlyList<int>> groups = [];
        Stack<int> open = new([Root]);
        while (open.TryPop(out int node))
        {
            if (!_merges.TryGetValue(node, out TopicMerge? merge))
            {
                groups.Add([node]);
            }
            else if (merge.Distance <= cut)
            {
                groups.Add(merge.Topics);
            }
            else
            {
                open.Push(merge.Right);
                open.Push(merge.Left);
            }
        }

        return groups;
    }

    private void PlaceLeaves()
    {
        Stack<int> open = new([Root]);
        while (open.TryPop(out int node))
        {
            if (_merges.TryGetValue(node, out TopicMerge? merge))
            {
                open.Push(merge.Right);
                open.Push(merge.Left);
            }
            else
            {
                _positions[node] = _leaves.Count;
                _leaves.Add(node);
            }
        }
    }
}
