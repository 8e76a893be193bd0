using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>Components of the current round of Borůvka's algorithm, by slot and by node of the k-d tree.</summary>
internal sealed class BoruvkaComponents
{
    private readonly KdTree _tree;

    public BoruvkaComponents(MutualReachability graph)
    {
        _tree = graph.Tree;
        Sets = new DisjointSet(_tree.Count);
        OfSlot = new int[_tree.Count];
        OfNode = new int[_tree.Nodes.Length];
        LeastCore = new double[_tree.Nodes.Length];
        Array.Fill(LeastCore, double.PositiveInfinity);
        for (int node = LeastCore.Length - 1; node >= 0; node--)
        {
            KdNode here = _tree.Nodes[node];
            if (here.Right > 0)
            {
                LeastCore[node] = Math.Min(LeastCore[node + 1], LeastCore[here.Right]);
                continue;
            }

            for (int slot = here.Start; slot < here.End; slot++)
            {
                LeastCore[node] = Math.Min(LeastCore[node], graph.Core[slot]);
            }
        }

        Refresh();
    }

    /// <summary>Disjoint sets of slots.</summary>
    public DisjointSet Sets { get; }

    /// <summary>Component of each slot.</summary>
    public int[] OfSlot { get; }

    /// <summary>Component of each node whose slots are all in one component; −1 for other nodes.</summary>
    public int[] OfNode { get; }

    /// <summary>Smallest squared core distance of each node's slots.</summary>
    public double[] LeastCore { get; }

    /// <summary>Updates the arrays after unions.</summary>
    public void Refresh()
    {
        for (int slot = 0; slot < OfSlot.Length; slot++)
        {
            OfSlot[slot] = Sets.Find(slot);
        }

        // Reverse preorder: both children precede their parent.
        for (int node = OfNode.Length - 1; node >= 0; node--)
        {
            KdNode here = _tree.Nodes[node];
            OfNode[node] = here.Right > 0 ? Common(OfNode[node + 1], OfNode[here.Right]) : OfLeaf(here);
        }
    }

    private static int Common(int first, int second) => first == second ? first : -1;

    private int OfLeaf(KdNode leaf)
    {
        int component = OfSlot[leaf.Start];
        foreach (int other in OfSlot.AsSpan(leaf.Start, leaf.End - leaf.Start))
        {
            if (other != component)
            {
                return -1;
            }
        }

        return component;
    }
}
