namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// The dendrogram cut down to groups of at least <c>min_cluster_size</c> points (Campello et al. 2013). Cluster 0 is the
/// root; a cluster splits once or never, into two with consecutive numbers; a child's number is above its parent's.
/// λ is 1/distance: a cluster lives from its birth to its split, a point stays in its cluster until its own λ.
/// </summary>
internal sealed class CondensedTree
{
    private CondensedTree(int[] pointCluster, double[] pointLambda, int[] parents, double[] births, int[] sizes, double duplicateLambda)
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

    /// <summary>λ at which each point leaves that cluster.</summary>
    public double[] PointLambda { get; }

    /// <summary>Parent of each cluster; −1 for the root.</summary>
    public int[] Parents { get; }

    /// <summary>λ at which each cluster splits off its parent; 0 for the root.</summary>
    public double[] Births { get; }

    /// <summary>Points of each cluster at its birth.</summary>
    public int[] Sizes { get; }

    /// <summary>The lower of each cluster's two children (the other is the next number); −1 for a leaf.</summary>
    public int[] FirstChild { get; }

    /// <summary>Largest λ at which a point leaves the cluster or at which it splits (the reference's "death").</summary>
    public double[] DirectMaximum { get; }

    /// <summary>λ of points that coincide.</summary>
    public double DuplicateLambda { get; }

    public int ClusterCount => Parents.Length;

    public int PointCount => PointCluster.Length;

    public bool IsLeaf(int cluster) => FirstChild[cluster] < 0;

    /// <summary>λ at which the cluster splits; it must not be a leaf.</summary>
    public double SplitOf(int cluster) => Births[FirstChild[cluster]];

    /// <summary>Walks the dendrogram level by level from the top.</summary>
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

    /// <summary>The same points in another tree of clusters.</summary>
    public CondensedTree With(int[] pointCluster, double[] pointLambda, int[] parents, double[] births, int[] sizes) =>
        new(pointCluster, pointLambda, parents, births, sizes, DuplicateLambda);

    /// <summary>Stability of each cluster: Σ (λ of each leaving point or child − birth) × its size.</summary>
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
