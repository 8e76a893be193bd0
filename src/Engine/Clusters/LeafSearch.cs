using System.Numerics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Search for the first edges, in the total order, from the points of one leaf of the k-d tree to other components. All points
/// of the leaf are in one component, so one descent with the bound of the component serves them together: far from other
/// components, the descent is most of the work. Holds the scratch memory of one thread.
/// </summary>
internal ref struct LeafSearch
{
    private readonly MutualReachability _graph;
    private readonly BoruvkaComponents _components;
    private readonly double[] _points;
    private readonly Span<double> _distances;
    private readonly TreeEdge[] _best = new TreeEdge[KdTree.LeafSize];
    private readonly int[] _bestSlots = new int[KdTree.LeafSize];
    private ReadOnlySpan<int> _slots;
    private int _leaf;
    private int _component;

    /// <summary>Creates the search.</summary>
    /// <param name="graph">Points and core distances.</param>
    /// <param name="components">Components of the round.</param>
    /// <param name="distances">Scratch for the distances to one block of points.</param>
    public LeafSearch(MutualReachability graph, BoruvkaComponents components, Span<double> distances)
    {
        _graph = graph;
        _components = components;
        _points = new double[KdTree.LeafSize * graph.Tree.Dimensions];
        _distances = distances;
    }

    /// <summary>
    /// Bound of the component after the search. All edges from the searched slots that weigh no more were compared.
    /// </summary>
    public double Bound { get; private set; }

    /// <summary>Searches edges of weight <paramref name="bound"/> or less, and lowers the bound to the best.</summary>
    /// <param name="leaf">Node number of the leaf.</param>
    /// <param name="slots">Slots of the leaf.</param>
    /// <param name="bound">Weight of an edge that leaves the component; infinity if none is known.</param>
    public void Run(int leaf, ReadOnlySpan<int> slots, double bound)
    {
        int dimensions = _graph.Tree.Dimensions;
        _leaf = leaf;
        _slots = slots;
        _component = _components.OfNode[leaf];
        Bound = bound;
        for (int i = 0; i < slots.Length; i++)
        {
            _graph.Tree.CopySlot(slots[i], _points.AsSpan(i * dimensions, dimensions));
            _best[i] = TreeEdge.None;
            _bestSlots[i] = -1;
        }

        Visit(0);
    }

    /// <summary>Returns the slot at the other end of the first edge of a slot; −1 if the edge weighs more than the bound.</summary>
    /// <param name="index">Index among the slots of the search.</param>
    public readonly int SlotOf(int index) => _best[index].Weight <= Bound ? _bestSlots[index] : -1;

    /// <summary>Returns the weight of the first edge of a slot.</summary>
    public readonly double WeightOf(int index) => _best[index].Weight;

    private void Visit(int node)
    {
        KdNode here = _graph.Tree.Nodes[node];
        if (here.Right == 0)
        {
            Scan(here);
            return;
        }

        int near = node + 1;
        int far = here.Right;
        double nearBound = LowerBound(near);
        double farBound = LowerBound(far);
        if (farBound < nearBound || double.IsNaN(nearBound))
        {
            (near, far) = (far, near);
            (nearBound, farBound) = (farBound, nearBound);
        }

        // Equal weights are admitted, so that ties are resolved by row. NaN is never admitted.
        if (nearBound <= Bound)
        {
            Visit(near);
        }

        if (farBound <= Bound)
        {
            Visit(far);
        }
    }

    private readonly double LowerBound(int node)
    {
        double core = Math.Max(_components.LeastCore[_leaf], _components.LeastCore[node]);
        return _components.OfNode[node] == _component || core > Bound
            ? double.NaN
            : Math.Max(core, _graph.Scaled(_graph.Tree.LowerBound(_leaf, node)) * (1.0 - 1e-12));
    }

    private void Scan(KdNode leaf)
    {
        KdTree tree = _graph.Tree;
        int dimensions = tree.Dimensions;
        for (int i = 0; i < _slots.Length; i++)
        {
            double core = _graph.Core[_slots[i]];
            if (core > Bound)
            {
                continue;
            }

            ReadOnlySpan<double> point = _points.AsSpan(i * dimensions, dimensions);
            for (int start = leaf.Start; start < leaf.End; start += LaneDistances.Lanes)
            {
                uint lanes = LaneDistances.Within(tree.Block(start), point, _graph.Unscaled(Bound), _distances);
                for (; lanes != 0; lanes &= lanes - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(lanes);
                    int slot = start + lane;
                    if (slot < leaf.End && _components.OfSlot[slot] != _component)
                    {
                        Offer(i, slot, Math.Max(_graph.Scaled(_distances[lane]), Math.Max(core, _graph.Core[slot])));
                    }
                }
            }
        }
    }

    private void Offer(int index, int slot, double weight)
    {
        var edge = TreeEdge.Between(weight, _graph.Tree.Rows[_slots[index]], _graph.Tree.Rows[slot]);
        if (edge.Precedes(_best[index]))
        {
            _best[index] = edge;
            _bestSlots[index] = slot;
            Bound = Math.Min(Bound, weight);
        }
    }
}
