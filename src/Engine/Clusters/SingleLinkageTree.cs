using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>The dendrogram: merge <c>t</c> joins two nodes to node <c>n + t</c>, by ascending distance.</summary>
internal sealed class SingleLinkageTree
{
    /// <summary>λ of distance 0, as a multiple of the largest other λ. The reference has infinity there, and NaN in all that follows from it.</summary>
    private const double DuplicateFactor = 1e12;

    private SingleLinkageTree(int[] left, int[] right, double[] distances)
    {
        Left = left;
        Right = right;
        Distances = distances;
        Sizes = new int[left.Length];
        for (int merge = 0; merge < left.Length; merge++)
        {
            Sizes[merge] = SizeOf(left[merge]) + SizeOf(right[merge]);
        }

        int firstPositive = 0;
        while (firstPositive < distances.Length && distances[firstPositive] == 0)
        {
            firstPositive++;
        }

        DuplicateLambda = DuplicateFactor * (firstPositive < distances.Length ? 1.0 / distances[firstPositive] : 1.0);
    }

    public int PointCount => Left.Length + 1;

    public int[] Left { get; }

    public int[] Right { get; }

    public double[] Distances { get; }

    /// <summary>Points below each merge.</summary>
    public int[] Sizes { get; }

    /// <summary>λ of distance 0: finite, and so far above every other λ that it acts as infinity does.</summary>
    public double DuplicateLambda { get; }

    /// <summary>Labels the merges of a sorted spanning tree; left is the node that holds the edge's lower end.</summary>
    public static SingleLinkageTree FromEdges(SpanningTree edges)
    {
        int points = edges.Weights.Length + 1;
        DisjointSet sets = new(points);
        int[] nodeOf = new int[points];
        for (int i = 0; i < points; i++)
        {
            nodeOf[i] = i;
        }

        int[] left = new int[points - 1];
        int[] right = new int[points - 1];
        for (int merge = 0; merge < left.Length; merge++)
        {
            left[merge] = nodeOf[sets.Find(edges.From[merge])];
            right[merge] = nodeOf[sets.Find(edges.To[merge])];
            sets.Union(edges.From[merge], edges.To[merge]);
            nodeOf[sets.Find(edges.From[merge])] = points + merge;
        }

        return new SingleLinkageTree(left, right, edges.Weights);
    }

    /// <summary>Takes stored merges.</summary>
    /// <exception cref="ArgumentException">They are not a dendrogram.</exception>
    public static SingleLinkageTree FromMerges(int[] left, int[] right, double[] distances)
    {
        int points = left.Length + 1;
        if (right.Length != left.Length || distances.Length != left.Length)
        {
            throw new ArgumentException($"{left.Length} left nodes, {right.Length} right nodes and {distances.Length} distances are not one list of merges.", nameof(left));
        }

        bool[] merged = new bool[2 * points];
        double previous = 0;
        for (int merge = 0; merge < left.Length; merge++)
        {
            foreach (int node in (ReadOnlySpan<int>)[left[merge], right[merge]])
            {
                if (node < 0 || node >= points + merge || merged[node])
                {
                    throw new ArgumentException($"Merge {merge} takes node {node}, which is not there or merged before.", nameof(left));
                }

                merged[node] = true;
            }

            if (!(distances[merge] >= previous) || double.IsInfinity(distances[merge]))
            {
                throw new ArgumentException($"Merge {merge} has distance {distances[merge]} after {previous}; distances are finite and ascend.", nameof(distances));
            }

            previous = distances[merge];
        }

        return new SingleLinkageTree(left, right, distances);
    }

    /// <summary>1/distance, or <see cref="DuplicateLambda"/> where that would be more.</summary>
    public double Lambda(double distance) => distance > 0 ? Math.Min(1.0 / distance, DuplicateLambda) : DuplicateLambda;

    public int SizeOf(int node) => node < PointCount ? 1 : Sizes[node - PointCount];

    /// <summary>Orders the points so that those below any node are a run; gives each node's first place.</summary>
    public (int[] Points, int[] Starts) LeafOrder()
    {
        int points = PointCount;
        int[] starts = new int[points + Left.Length];
        for (int merge = Left.Length - 1; merge >= 0; merge--)
        {
            int start = starts[points + merge];
            starts[Left[merge]] = start;
            starts[Right[merge]] = start + SizeOf(Left[merge]);
        }

        int[] order = new int[points];
        for (int point = 0; point < points; point++)
        {
            order[starts[point]] = point;
        }

        return (order, starts);
    }
}
