using TopicGrpc.Engine.Numerics.Linkage;

namespace TopicGrpc.Engine.Charts;

/// <summary>The lines of a dendrogram as SciPy draws them: leaves at −5, −15, −25 … from the top, each merge one bracket.</summary>
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

    /// <summary>Leaf numbers from the top down.</summary>
    public IReadOnlyList<int> Leaves => _leaves;

    /// <summary>One bracket a merge; both children come before their parent.</summary>
    public IReadOnlyList<HierarchyBracket> Brackets => _brackets;

    /// <summary>Links the leaves by Ward's formula on the distances as they are, which need not be Euclidean, and puts them in optimal order.</summary>
    public static HierarchyPlan Of(CondensedDistances distances, double threshold)
    {
        LinkageMerge[] merges = distances.Count < 2
            ? []
            : LeafOrder.Arrange(NearestNeighborChain.Link(distances.Copy(), LinkageMethod.Ward), distances);
        HierarchyPlan plan = new(merges, distances.Count, threshold);
        if (distances.Count > 0)
        {
            plan.Walk(distances.Count + merges.Length - 1, null);
        }

        return plan;
    }

    /// <summary>Draws what is below a node; returns its place and height. <paramref name="color"/> is that of the group around it, null above the threshold.</summary>
    private (double Place, double Height) Walk(int node, string? color)
    {
        if (node < _leafCount)
        {
            _leaves.Add(node);
            return (-5 - (10.0 * (_leaves.Count - 1)), 0);
        }

        // Each largest subtree below the threshold is a group; groups take the colors in turn from the top.
        LinkageMerge merge = _merges[node - _leafCount];
        string? own = merge.Height < _threshold ? color ?? Groups[_groups++ % Groups.Length] : null;
        (double leftPlace, double leftHeight) = Walk(merge.Left, own);
        (double rightPlace, double rightHeight) = Walk(merge.Right, own);
        _brackets.Add(new HierarchyBracket(leftPlace, rightPlace, leftHeight, merge.Height, rightHeight, own ?? Trunk));
        return ((leftPlace + rightPlace) / 2, merge.Height);
    }
}
