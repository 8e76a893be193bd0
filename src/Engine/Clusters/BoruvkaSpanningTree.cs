using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Exact minimum spanning tree of the mutual reachability graph: dual-tree Borůvka (March, Ram and Gray 2010), with single
/// points as queries. Each slot caches its best edge to another component. The cached edge stays the best until the
/// components of its ends merge; its weight is then a lower bound, because components only grow. A slot is searched again
/// only if this bound can beat the best edge of its component. Threads share the bounds of components: this changes the
/// amount of work, never the result, because the order of edges is total.
/// </summary>
internal sealed class BoruvkaSpanningTree
{
    private const int BlockSize = 64;

    private readonly MutualReachability _graph;
    private readonly BoruvkaComponents _components;
    private readonly double[] _lower;
    private readonly int[] _foreign;
    private readonly double[] _bounds;
    private readonly int[] _from;
    private readonly int[] _to;
    private readonly double[] _weights;
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
        builder.Seed(neighbors);
        while (builder._edges < builder._weights.Length)
        {
            builder.Search(compute, cancellationToken);
            builder.Join();
            progress?.Report((double)builder._edges / builder._weights.Length);
        }

        return new SpanningTree(builder._from, builder._to, builder._weights);
    }

    // The first round uses the neighbor lists: no row outside a list is nearer than the last entry of the list.
    private void Seed(NeighborLists neighbors)
    {
        int[] slotOf = new int[_lower.Length];
        for (int slot = 0; slot < slotOf.Length; slot++)
        {
            slotOf[_graph.Tree.Rows[slot]] = slot;
        }

        for (int slot = 0; slot < slotOf.Length; slot++)
        {
            int row = _graph.Tree.Rows[slot];
            ReadOnlySpan<int> rows = neighbors.RowsOf(row);
            ReadOnlySpan<double> distances = neighbors.DistancesOf(row);
            TreeEdge best = TreeEdge.None;
            for (int i = 0; i < rows.Length; i++)
            {
                int other = slotOf[rows[i]];
                double weight = Math.Max(_graph.Scaled(distances[i]), Math.Max(_graph.Core[slot], _graph.Core[other]));
                var edge = TreeEdge.Between(weight, row, rows[i]);
                if (other != slot && edge.Precedes(best))
                {
                    best = edge;
                    _foreign[slot] = other;
                }
            }

            _bounds[slot] = best.Weight;
            if (rows.Length == slotOf.Length || best.Weight < _graph.Scaled(distances[^1]))
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
        int[] pending = Pending();
        RowBlocks.Run(
            pending.Length,
            BlockSize,
            compute.Threads,
            (_, start, end) => SearchBlock(pending.AsSpan(start, end - start)),
            cancellationToken);
    }

    private int[] Pending()
    {
        List<int> pending = [];
        for (int slot = 0; slot < _lower.Length; slot++)
        {
            if (_foreign[slot] < 0 && _lower[slot] <= _bounds[_components.OfSlot[slot]])
            {
                pending.Add(slot);
            }
        }

        return [.. pending];
    }

    private void SearchBlock(ReadOnlySpan<int> slots)
    {
        Span<double> distances = stackalloc double[LaneDistances.Lanes];
        ForeignSearch search = new(_graph, _components, new double[_graph.Tree.Dimensions], distances);
        foreach (int slot in slots)
        {
            ref double shared = ref _bounds[_components.OfSlot[slot]];
            double bound = Volatile.Read(ref shared);
            if (_lower[slot] > bound)
            {
                continue;
            }

            search.Run(slot, bound);
            _foreign[slot] = search.BestSlot;
            _lower[slot] = search.BestSlot < 0 ? bound : search.Best.Weight;
            if (search.BestSlot >= 0)
            {
                Lower(ref shared, search.Best.Weight);
            }
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
        var best = new TreeEdge[_lower.Length];
        Array.Fill(best, TreeEdge.None);
        for (int slot = 0; slot < best.Length; slot++)
        {
            if (_foreign[slot] >= 0)
            {
                var edge = TreeEdge.Between(_lower[slot], _graph.Tree.Rows[slot], _graph.Tree.Rows[_foreign[slot]]);
                ref TreeEdge first = ref best[_components.OfSlot[slot]];
                first = edge.Precedes(first) ? edge : first;
            }
        }

        Add(best);
        _components.Refresh();
        Array.Fill(_bounds, double.PositiveInfinity);
        for (int slot = 0; slot < best.Length; slot++)
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

    private void Add(TreeEdge[] best)
    {
        int[] slotOf = new int[best.Length];
        for (int slot = 0; slot < slotOf.Length; slot++)
        {
            slotOf[_graph.Tree.Rows[slot]] = slot;
        }

        foreach (TreeEdge edge in best)
        {
            // Two components can choose the same edge.
            if (edge.High != int.MaxValue && _components.Sets.Union(slotOf[edge.Low], slotOf[edge.High]))
            {
                _from[_edges] = edge.Low;
                _to[_edges] = edge.High;
                _weights[_edges] = Math.Sqrt(edge.Weight);
                _edges++;
            }
        }
    }
}
