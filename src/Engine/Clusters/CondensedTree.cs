namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// The condensed tree: a dendrogram reduced to clusters of at least <c>min_cluster_size</c> points (Campello et al. 2013).
/// Cluster 0 is the root. A cluster splits at most once, into two children with consecutive numbers, and a child's number
/// is larger than its parent's. λ is 1/distance: a cluster exists from its birth to its split, and a point belongs to its
/// cluster up to the point's λ.
/// </summary>
internal sealed class CondensedTree
{
    private CondensedTree(
        int[] pointCluster,
        double[] pointLambda,
        int[] parents,
        double[] births,
        int[] sizes,
        double duplicateLambda)
    {
        PointCluster = pointCluster;
        PointLambda = pointLambda;
        Parents = parents;
        Births = births;
        Sizes = sizes;
        DuplicateLambda = duplicateLambda;
        FirstChild = new int[parents.Length];
        DirectMaximum = new double[parents.Length];
        Array.Fill(FirstChild, -1);
        for (int cluster = parents.Length - 1; cluster > 0; cluster--)
        {
            FirstChild[parents[cluster]] = cluster;
            DirectMaximum[parents[cluster]] = births[cluster];
        }

        for (int point = 0; point < pointCluster.Length; point++)
        {
            double lambda = pointLambda[point];
            int cluster = pointCluster[point];
            DirectMaximum[cluster] = Math.Max(DirectMaximum[cluster], lambda);
        }
    }

    /// <summary>Deepest cluster of each point.</summary>
    public int[] PointCluster { get; }

    /// <summary>λ at which each point leaves its deepest cluster.</summary>
    public double[] PointLambda { get; }

    /// <summary>Parent of each cluster; −1 for the root.</summary>
    public int[] Parents { get; }

    /// <summary>λ at which each cluster splits from its parent; 0 for the root.</summary>
    public double[] Births { get; }

    /// <summary>Number of points of each cluster at its birth.</summary>
    public int[] Sizes { get; }

    /// <summary>First child of each cluster; the second child has the next number; −1 for a leaf.</summary>
    public int[] FirstChild { get; }

    /// <summary>Largest λ at which a point leaves the cluster or the cluster splits ("death" in hdbscan).</summary>
    public double[] DirectMaximum { get; }

    /// <summary>λ of coincident points.</summary>
    public double DuplicateLambda { get; }

    public int ClusterCount => Parents.Length;

    public int PointCount => PointCluster.Length;

    public bool IsLeaf(int cluster) => FirstChild[cluster] < 0;

    /// <summary>Returns the λ at which a cluster splits. The cluster must not be a leaf.</summary>
    public double SplitOf(int cluster) => Births[FirstChild[cluster]];

    /// <summary>Builds the condensed tree, breadth-first from the root of the dendrogram.</summary>
    public static CondensedTree Build(SingleLinkageTree linkage, int minClusterSize)
    {
        int points = linkage.PointCount;
        int[] pointCluster = new int[points];
        double[] pointLambda = new double[points];
        List<int> parents = [-1];
        List<double> births = [0];
        List<int> sizes = [points];
        (int[] order, int[] starts) = linkage.LeafOrder();
        Queue<(int Node, int Cluster)> open = new();
        if (points > 1)
        {
            open.Enqueue((points + linkage.Left.Length - 1, 0));
        }

        while (open.TryDequeue(out (int Node, int Cluster) next))
        {
            int merge = next.Node - points;
            double lambda = linkage.Lambda(linkage.Distances[merge]);
            int left = linkage.Left[merge];
            int right = linkage.Right[merge];
            if (linkage.SizeOf(left) >= minClusterSize && linkage.SizeOf(right) >= minClusterSize)
            {
                AddCluster(left, lambda, next.Cluster);
                AddCluster(right, lambda, next.Cluster);
            }
            else
            {
                Continue(left, lambda, next.Cluster);
                Continue(right, lambda, next.Cluster);
            }
        }

        return new CondensedTree(pointCluster, pointLambda, [.. parents], [.. births], [.. sizes], linkage.DuplicateLambda);

        void AddCluster(int node, double lambda, int parent)
        {
            open.Enqueue((node, parents.Count));
            parents.Add(parent);
            births.Add(lambda);
            sizes.Add(linkage.SizeOf(node));
        }

        void Continue(int node, double lambda, int cluster)
        {
            if (linkage.SizeOf(node) >= minClusterSize)
            {
                open.Enqueue((node, cluster));
                return;
            }

            foreach (int point in order.AsSpan(starts[node], linkage.SizeOf(node)))
            {
                pointCluster[point] = cluster;
                pointLambda[point] = lambda;
            }
        }
    }

    /// <summary>Returns a tree of other clusters over the same points.</summary>
    public CondensedTree With(int[] pointCluster, double[] pointLambda, int[] parents, double[] births, int[] sizes) =>
        new(pointCluster, pointLambda, parents, births, sizes, DuplicateLambda);

    /// <summary>
    /// Returns the stability of each cluster: Σ (λ − birth) over its leaving points, plus (λ − birth) × size for each child
    /// cluster.
    /// </summary>
    public double[] Stabilities()
    {
        double[] stabilities = new double[ClusterCount];
        for (int point = 0; point < PointCount; point++)
        {
            int cluster = PointCluster[point];
            stabilities[cluster] += PointLambda[point] - Births[cluster];
        }

        for (int cluster = 1; cluster < ClusterCount; cluster++)
        {
            int parent = Parents[cluster];
            stabilities[parent] += (Births[cluster] - Births[parent]) * Sizes[cluster];
        }

        return stabilities;
    }
}
