using System.Numerics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Search for the first edge, in the total order, from a point to a point of another component. Holds the scratch memory of
/// one thread.
/// </summary>
internal ref struct ForeignSearch
{
    private readonly MutualReachability _graph;
    private readonly BoruvkaComponents _components;
    private readonly Span<double> _point;
    private readonly Span<double> _distances;
    private int _component;
    private int _row;
    private double _core;
    private double _bound;

    public ForeignSearch(MutualReachability graph, BoruvkaComponents components, Span<double> point, Span<double> distances)
    {
        _graph = graph;
        _components = components;
        _point = point;
        _distances = distances;
    }

    /// <summary>Best edge; <see cref="TreeEdge.None"/> if all edges are above the bound.</summary>
    public TreeEdge Best { get; private set; }

    /// <summary>Slot at the other end; −1 for none.</summary>
    public int BestSlot { get; private set; }

    /// <summary>Searches edges of weight <paramref name="bound"/> or less. Includes equality, so that ties are resolved by row.</summary>
    public void Run(int slot, double bound)
    {
        _graph.Tree.CopySlot(slot, _point);
        _row = _graph.Tree.Rows[slot];
        _core = _graph.Core[slot];
        _component = _components.OfSlot[slot];
        _bound = bound;
        Best = TreeEdge.None;
        BestSlot = -1;
        Visit(0);
    }

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
        ReadOnlySpan<KdNode> nodes = _graph.Tree.Nodes;
        if (farBound < nearBound || (farBound == nearBound && nodes[far].LeastRow < nodes[near].LeastRow))
        {
            (near, far) = (far, near);
            (nearBound, farBound) = (farBound, nearBound);
        }

        if (Admits(nearBound, near))
        {
            Visit(near);
        }

        if (Admits(farBound, far))
        {
            Visit(far);
        }
    }

    private readonly double LowerBound(int node)
    {
        if (_components.OfNode[node] == _component || _components.LeastCore[node] > _bound)
        {
            // NaN compares false with every bound, including infinity.
            return double.NaN;
        }

        double distance = _graph.Scaled(_graph.Tree.LowerBound(node, _point)) * (1.0 - 1e-12);
        return Math.Max(distance, Math.Max(_core, _components.LeastCore[node]));
    }

    // Most edges of a point tie at its core distance. Skip a node whose rows cannot win the tie.
    private readonly bool Admits(double bound, int node) =>
        bound < _bound || (bound == _bound && TreeEdge.Between(bound, _row, _graph.Tree.Nodes[node].LeastRow).Precedes(Best));

    private void Scan(KdNode leaf)
    {
        KdTree tree = _graph.Tree;
        for (int start = leaf.Start; start < leaf.End; start += LaneDistances.Lanes)
        {
            uint lanes = LaneDistances.Within(tree.Block(start), _point, _graph.Unscaled(_bound), _distances);
            while (lanes != 0)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                lanes &= lanes - 1;
                int slot = start + lane;
                if (slot < leaf.End && _components.OfSlot[slot] != _component)
                {
                    Offer(slot, Math.Max(_graph.Scaled(_distances[lane]), Math.Max(_core, _graph.Core[slot])));
                }
            }
        }
    }

    private void Offer(int slot, double weight)
    {
        if (weight > _bound)
        {
            return;
        }

        var edge = TreeEdge.Between(weight, _row, _graph.Tree.Rows[slot]);
        if (edge.Precedes(Best))
        {
            Best = edge;
            BestSlot = slot;
            _bound = weight;
        }
    }
}
