using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>The dendrogram of n points: merge <c>t</c> joins two nodes to node <c>n + t</c>, by ascending distance.</summary>
internal sealed class SingleLinkageTree
{
    /// <summary>Factor for the λ of distance 0, relative to the largest other λ. hdbscan uses infinity, which leads to NaN.</summary>
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

    /// <summary>Number of points of each merge.</summary>
    public int[] Sizes { get; }

    /// <summary>λ of distance 0: finite, but large enough to act as infinity.</summary>
    public double DuplicateLambda { get; }

    /// <summary>Creates the dendrogram of a sorted spanning tree; the left node contains the smaller row of the edge.</summary>
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

    /// <summary>Creates the dendrogram from stored merges.</summary>
    /// <exception cref="ArgumentException">The merges are not a dendrogram.</exception>
    public static SingleLinkageTree FromMerges(int[] left, int[] right, double[] distances)
    {
        int points = left.Length + 1;
        if (right.Length != left.Length || distances.Length != left.Length)
        {
            throw new ArgumentException(
                $"The numbers of left nodes ({left.Length}), right nodes ({right.Length}) and distances ({distances.Length})"
                + " must be equal.",
                nameof(left));
        }

        bool[] merged = new bool[2 * points];
        double previous = 0;
        for (int merge = 0; merge < left.Length; merge++)
        {
            foreach (int node in (ReadOnlySpan<int>)[left[merge], right[merge]])
            {
                if (node < 0 || node >= points + merge || merged[node])
                {
                    throw new ArgumentException(
                        $"Merge {merge} refers to node {node}, which does not exist or is merged already.", nameof(left));
                }

                merged[node] = true;
            }

            if (!(distances[merge] >= previous) || double.IsInfinity(distances[merge]))
            {
                throw new ArgumentException(
                    $"Merge {merge} has distance {distances[merge]} after {previous}; distances must be finite and ascending.",
                    nameof(distances));
            }

            previous = distances[merge];
        }

        return new SingleLinkageTree(left, right, distances);
    }

    /// <summary>Returns 1/distance, at most <see cref="DuplicateLambda"/>.</summary>
    public double Lambda(double distance) => distance > 0 ? Math.Min(1.0 / distance, DuplicateLambda) : DuplicateLambda;

    public int SizeOf(int node) => node < PointCount ? 1 : Sizes[node - PointCount];

    /// <summary>Orders the points so that the points of every node are contiguous; returns the first position of each node.</summary>
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
