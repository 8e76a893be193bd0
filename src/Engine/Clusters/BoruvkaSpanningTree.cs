using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Exact minimum spanning tree of the mutual reachability graph: dual-tree Borůvka (March, Ram and Gray 2010), with leaves as
/// queries, or single points where the points of a leaf are in several components. Each slot caches its best edge to another
/// component. The cached edge stays the best until the components of its ends merge; its weight is then a lower bound, because
/// components only grow. A slot is searched again only if this bound can beat the best edge of its component. Threads share the
/// bounds of components: this changes the amount of work, never the result, because the order of edges is total.
/// </summary>
internal sealed class BoruvkaSpanningTree
{
    private const int BlockSlots = 1024;
    private const int BlockLeaves = 2;

    /// <summary>Fewest slots of a leaf that are searched together.</summary>
    private const int FewestTogether = 4;

    private readonly MutualReachability _graph;
    private readonly BoruvkaComponents _components;
    private readonly double[] _lower;
    private readonly int[] _foreign;
    private readonly double[] _bounds;
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly double[] _weights;
    private readonly int[] _slotOf;
    private readonly int[] _leaves;
    private readonly TreeEdge[] _best;
    private int _edges;

    private BoruvkaSpanningTree(MutualReachability graph)
    {
        int count = graph.Tree.Count;
        _graph = graph;
        _components = new BoruvkaComponents(graph);
        _lower = [.. graph.Core];
        _foreign = new int[count];
        _bounds = new double[count];
        _from = new int[count - 1];
        _to = new int[count - 1];
        _weights = new double[count - 1];
        _slotOf = new int[count];
        _best = new TreeEdge[count];
        _leaves = [.. Enumerable.Range(0, graph.Tree.Nodes.Length).Where(node => graph.Tree.Nodes[node].Right == 0)];
        for (int slot = 0; slot < count; slot++)
        {
            _slotOf[graph.Tree.Rows[slot]] = slot;
        }

        Array.Fill(_foreign, -1);
        Array.Fill(_bounds, double.PositiveInfinity);
    }

    public static SpanningTree Build(
        MutualReachability graph,
        NeighborLists neighbors,
        ComputeOptions compute,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        if (graph.Tree.Count < 2)
        {
            return new SpanningTree([], [], []);
        }

        BoruvkaSpanningTree builder = new(graph);
        if (neighbors.Length > 0)
        {
            RowBlocks.Run(
                graph.Tree.Count, BlockSlots, compute.Threads, (_, start, end) => builder.Seed(neighbors, start, end), cancellationToken);
        }

        while (builder._edges < builder._weights.Length)
        {
            builder.Search(compute, cancellationToken);
            builder.Join();
            progress?.Report((double)builder._edges / builder._weights.Length);
        }

        return new SpanningTree(builder._from, builder._to, builder._weights);
    }

    // The first round uses the neighbor lists: no row outside a list is nearer than the last entry of the list.
    private void Seed(NeighborLists neighbors, int start, int end)
    {
        // All entries but the last are within the core distance, so their distance decides nothing unless α raises it.
        bool raised = _graph.Scaled(1.0) > 1.0;
        for (int slot = start; slot < end; slot++)
        {
            int row = _graph.Tree.Rows[slot];
            ReadOnlySpan<int> rows = neighbors.RowsOf(row);
            double farthest = _graph.Scaled(neighbors.Farthest[row]);
            TreeEdge best = TreeEdge.None;
            for (int i = 0; i < rows.Length; i++)
            {
                int other = _slotOf[rows[i]];
                double distance = i == rows.Length - 1 ? farthest
                    : raised ? _graph.Scaled(_graph.Tree.SquaredDistance(slot, other))
                    : 0.0;
                double weight = Math.Max(distance, Math.Max(_graph.Core[slot], _graph.Core[other]));
                var edge = TreeEdge.Between(weight, row, rows[i]);
                if (other != slot && edge.Precedes(best))
                {
                    best = edge;
                    _foreign[slot] = other;
                }
            }

            _bounds[slot] = best.Weight;
            if (rows.Length == _slotOf.Length || best.Weight < farthest)
            {
                _lower[slot] = best.Weight;
            }
            else
            {
                _foreign[slot] = -1;
            }
        }
    }

    private void Search(ComputeOptions compute, CancellationToken cancellationToken)
    {
        int[] leaves = PendingLeaves();
        RowBlocks.Run(
            leaves.Length,
            BlockLeaves,
            compute.Threads,
            (_, start, end) => SearchLeaves(leaves.AsSpan(start, end - start)),
            cancellationToken);
    }

    /// <summary>Returns the leaves with a slot whose edges may beat the best edge of its component.</summary>
    private int[] PendingLeaves()
    {
        List<int> pending = [];
        foreach (int leaf in _leaves)
        {
            KdNode node = _graph.Tree.Nodes[leaf];
            for (int slot = node.Start; slot < node.End; slot++)
            {
                if (IsPending(slot))
                {
                    pending.Add(leaf);
                    break;
                }
            }
        }

        return [.. pending];
    }

    private bool IsPending(int slot) => _foreign[slot] < 0 && _lower[slot] <= Volatile.Read(ref _bounds[_components.OfSlot[slot]]);

    private void SearchLeaves(ReadOnlySpan<int> leaves)
    {
        Span<double> distances = stackalloc double[LaneDistances.Lanes];
        Span<int> slots = stackalloc int[KdTree.LeafSize];
        ForeignSearch single = new(_graph, _components, new double[_graph.Tree.Dimensions], distances);
        LeafSearch together = new(_graph, _components, distances);
        foreach (int leaf in leaves)
        {
            KdNode node = _graph.Tree.Nodes[leaf];
            int count = 0;
            for (int slot = node.Start; slot < node.End; slot++)
            {
                if (IsPending(slot))
                {
                    slots[count++] = slot;
                }
            }

            if (count >= FewestTogether && _components.OfNode[leaf] >= 0)
            {
                SearchTogether(leaf, slots[..count], ref together);
                continue;
            }

            foreach (int slot in slots[..count])
            {
                SearchSingle(slot, ref single);
            }
        }
    }

    private void SearchTogether(int leaf, ReadOnlySpan<int> slots, ref LeafSearch search)
    {
        ref double shared = ref _bounds[_components.OfNode[leaf]];
        search.Run(leaf, slots, Volatile.Read(ref shared));
        for (int i = 0; i < slots.Length; i++)
        {
            int other = search.SlotOf(i);
            _foreign[slots[i]] = other;
            _lower[slots[i]] = other < 0 ? search.Bound : search.WeightOf(i);
        }

        Lower(ref shared, search.Bound);
    }

    private void SearchSingle(int slot, ref ForeignSearch search)
    {
        ref double shared = ref _bounds[_components.OfSlot[slot]];
        double bound = Volatile.Read(ref shared);
        if (_lower[slot] > bound)
        {
            return;
        }

        search.Run(slot, bound);
        _foreign[slot] = search.BestSlot;
        _lower[slot] = search.BestSlot < 0 ? bound : search.Best.Weight;
        if (search.BestSlot >= 0)
        {
            Lower(ref shared, search.Best.Weight);
        }
    }

    private static void Lower(ref double shared, double weight)
    {
        double seen = Volatile.Read(ref shared);
        while (weight < seen)
        {
            double before = Interlocked.CompareExchange(ref shared, weight, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private void Join()
    {
        Array.Fill(_best, TreeEdge.None);
        for (int slot = 0; slot < _best.Length; slot++)
        {
            if (_foreign[slot] >= 0)
            {
                var edge = TreeEdge.Between(_lower[slot], _graph.Tree.Rows[slot], _graph.Tree.Rows[_foreign[slot]]);
                ref TreeEdge first = ref _best[_components.OfSlot[slot]];
                first = edge.Precedes(first) ? edge : first;
            }
        }

        AddBest();
        _components.Refresh();
        Array.Fill(_bounds, double.PositiveInfinity);
        for (int slot = 0; slot < _best.Length; slot++)
        {
            int component = _components.OfSlot[slot];
            if (_foreign[slot] >= 0 && _components.OfSlot[_foreign[slot]] == component)
            {
                _foreign[slot] = -1;
            }
            else if (_foreign[slot] >= 0)
            {
                _bounds[component] = Math.Min(_bounds[component], _lower[slot]);
            }
        }
    }

    private void AddBest()
    {
        foreach (TreeEdge edge in _best)
        {
            // Two components can choose the same edge.
            if (edge.High != int.MaxValue && _components.Sets.Union(_slotOf[edge.Low], _slotOf[edge.High]))
            {
                _from[_edges] = edge.Low;
                _to[_edges] = edge.High;
                _weights[_edges] = Math.Sqrt(edge.Weight);
                _edges++;
            }
        }
    }
}
