using TopicGrpc.Engine.Numerics.Linkage;

namespace TopicGrpc.Engine.Charts;

/// <summary>Lines of a dendrogram, with SciPy's positions: leaves at −5, −15, −25 … from the top, one bracket per merge.</summary>
internal sealed class HierarchyPlan
{
    /// <summary>Color of merges above the threshold.</summary>
    private const string Trunk = "rgb(0,116,217)";

    private static readonly string[] Groups =
    [
        "rgb(61,153,112)", "rgb(255,65,54)", "rgb(35,205,205)", "rgb(133,20,75)", "rgb(255,220,0)", "rgb(40,35,35)",
        "rgb(61,153,112)", "rgb(255,65,54)", "rgb(35,205,205)",
    ];

    private readonly LinkageMerge[] _merges;
    private readonly double _threshold;
    private readonly int _leafCount;
    private readonly List<int> _leaves = [];
    private readonly List<HierarchyBracket> _brackets = [];
    private int _groups;

    private HierarchyPlan(LinkageMerge[] merges, int leaves, double threshold)
    {
        _merges = merges;
        _leafCount = leaves;
        _threshold = threshold;
    }

    /// <summary>Leaf numbers from top to bottom.</summary>
    public IReadOnlyList<int> Leaves => _leaves;

    /// <summary>One bracket per merge; children precede their parent.</summary>
    public IReadOnlyList<HierarchyBracket> Brackets => _brackets;

    /// <summary>
    /// Computes the dendrogram with Ward's formula on the given distances, which need not be Euclidean, and the optimal
    /// leaf order.
    /// </summary>
    public static HierarchyPlan Of(CondensedDistances distances, double threshold, CancellationToken cancellationToken = default)
    {
        LinkageMerge[] merges = distances.Count < 2
            ? []
            : LeafOrder.Arrange(
                NearestNeighborChain.Link(distances.Copy(), LinkageMethod.Ward, cancellationToken),
                distances,
                cancellationToken);
        HierarchyPlan plan = new(merges, distances.Count, threshold);
        if (distances.Count > 0)
        {
            plan.Walk(distances.Count + merges.Length - 1, null);
        }

        return plan;
    }

    /// <summary>
    /// Adds the brackets of a subtree; returns its position and height. <paramref name="color"/> is the color of the
    /// enclosing group; null above the threshold.
    /// </summary>
    private (double Place, double Height) Walk(int node, string? color)
    {
        if (node < _leafCount)
        {
            _leaves.Add(node);
            return (-5 - (10.0 * (_leaves.Count - 1)), 0);
        }

        // Each maximal subtree below the threshold is a group; groups use the colors in order from the top.
        LinkageMerge merge = _merges[node - _leafCount];
        string? own = merge.Height < _threshold ? color ?? Groups[_groups++ % Groups.Length] : null;
        (double leftPlace, double leftHeight) = Walk(merge.Left, own);
        (double rightPlace, double rightHeight) = Walk(merge.Right, own);
        _brackets.Add(new HierarchyBracket(leftPlace, rightPlace, leftHeight, merge.Height, rightHeight, own ?? Trunk));
        return ((leftPlace + rightPlace) / 2, merge.Height);
    }
}
