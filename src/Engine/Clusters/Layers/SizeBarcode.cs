namespace TopicGrpc.Engine.Clusters.Layers;

/// <summary>
/// Minimum cluster sizes at which each cluster of a condensed tree is a leaf, a left-open interval (birth, death]. A cluster disappears
/// when the smaller of it and its sibling is too small; its parent becomes a leaf at that size. Source: Bot, McInnes and Aerts 2025,
/// section 3; <c>min_cluster_size_barcode</c> of fast_hdbscan.
/// </summary>
internal sealed class SizeBarcode
{
    private SizeBarcode(int[] births, int[] deaths)
    {
        Births = births;
        Deaths = deaths;
    }

    public int[] Births { get; }

    public int[] Deaths { get; }

    /// <summary>Computes the barcode of a tree that was condensed with the minimum size.</summary>
    public static SizeBarcode Of(CondensedTree tree, int minClusterSize)
    {
        int[] births = new int[tree.ClusterCount];
        int[] deaths = new int[tree.ClusterCount];
        Array.Fill(births, minClusterSize);
        deaths[0] = tree.PointCount;

        // Descending, so that the births of both children are final before their parent's.
        for (int cluster = tree.ClusterCount - 1; cluster >= 0; cluster--)
        {
            int child = tree.FirstChild[cluster];
            if (child >= 0)
            {
                int size = Math.Min(tree.Sizes[child], tree.Sizes[child + 1]);
                deaths[child] = deaths[child + 1] = size;
                births[cluster] = Math.Max(size, Math.Max(births[child], births[child + 1]));
            }
        }

        return new SizeBarcode(births, deaths);
    }

    /// <summary>Returns whether a cluster is a leaf just above a minimum cluster size.</summary>
    public bool IsActive(int cluster, int size) => Births[cluster] <= size && size < Deaths[cluster];

    /// <summary>Returns the distinct births, ascending.</summary>
    public int[] Sizes() => [.. Births.Distinct().Order()];

    /// <summary>Returns the Jaccard similarity of the clusters at two sizes; 0 if there are none.</summary>
    public double Similarity(int size, int other)
    {
        int both = 0;
        int either = 0;
        for (int cluster = 0; cluster < Births.Length; cluster++)
        {
            bool first = IsActive(cluster, size);
            bool second = IsActive(cluster, other);
            both += first && second ? 1 : 0;
            either += first || second ? 1 : 0;
        }

        return either == 0 ? 0 : (double)both / either;
    }
}
