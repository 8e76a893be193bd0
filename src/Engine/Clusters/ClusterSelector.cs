namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Cluster selection in a condensed tree: excess of mass or leaves, then the distance threshold (Campello et al. 2013;
/// Malzer and Baum 2020).
/// </summary>
internal static class ClusterSelector
{
    /// <summary>
    /// Returns a flag for each tree cluster. Excess of mass overwrites the stability of a skipped cluster with the sum of
    /// its children.
    /// </summary>
    public static bool[] Choose(CondensedTree tree, double[] stabilities, HdbscanOptions options)
    {
        bool byMass = options.SelectionMethod == ClusterSelectionMethod.ExcessOfMass;
        bool[] chosen = byMass ? ExcessOfMass(tree, stabilities, options) : Leaves(tree);
        if (options.SelectionEpsilon <= 0 || tree.ClusterCount == 1 || (byMass && chosen[0]))
        {
            return chosen;
        }

        return MergeBelow(tree, chosen, options.SelectionEpsilon, options.AllowSingleCluster);
    }

    private static bool[] ExcessOfMass(CondensedTree tree, double[] stabilities, HdbscanOptions options)
    {
        bool[] chosen = new bool[tree.ClusterCount];
        int last = options.AllowSingleCluster ? 0 : 1;
        for (int cluster = tree.ClusterCount - 1; cluster >= last; cluster--)
        {
            int child = tree.FirstChild[cluster];
            double below = child < 0 ? 0 : RoundedSum(stabilities[child], stabilities[child + 1]);
            bool tooLarge = options.MaxClusterSize > 0 && SizeOf(tree, cluster) > options.MaxClusterSize;
            if (below > stabilities[cluster] || tooLarge || BirthDistance(tree, cluster) > options.SelectionEpsilonMax)
            {
                stabilities[cluster] = below;
            }
            else
            {
                chosen[cluster] = true;
            }
        }

        KeepTopmost(tree, chosen);
        return chosen;
    }

    // hdbscan stores this sum in single precision; the rounding decides near ties.
    private static double RoundedSum(double left, double right)
    {
        double sum = left + right;
        return sum < float.MaxValue ? (float)sum : sum;
    }

    private static int SizeOf(CondensedTree tree, int cluster)
    {
        if (cluster > 0)
        {
            return tree.Sizes[cluster];
        }

        // As in hdbscan, the root counts only the points of its two children.
        int child = tree.FirstChild[0];
        return child < 0 ? 0 : tree.Sizes[child] + tree.Sizes[child + 1];
    }

    private static double BirthDistance(CondensedTree tree, int cluster)
    {
        if (cluster > 0)
        {
            return 1.0 / tree.Births[cluster];
        }

        double least = tree.FirstChild[0] < 0 ? double.PositiveInfinity : tree.SplitOf(0);
        for (int point = 0; point < tree.PointCount; point++)
        {
            least = Math.Min(least, tree.PointLambda[point]);
        }

        return 1.0 / least;
    }

    private static void KeepTopmost(CondensedTree tree, bool[] chosen)
    {
        bool[] covered = new bool[chosen.Length];
        for (int cluster = 1; cluster < chosen.Length; cluster++)
        {
            int parent = tree.Parents[cluster];
            covered[cluster] = covered[parent] || chosen[parent];
            chosen[cluster] &= !covered[cluster];
        }
    }

    private static bool[] Leaves(CondensedTree tree)
    {
        bool[] chosen = new bool[tree.ClusterCount];
        for (int cluster = 1; cluster < chosen.Length; cluster++)
        {
            chosen[cluster] = tree.IsLeaf(cluster);
        }

        return chosen;
    }

    // Replaces a selected cluster that is born below the threshold by its first ancestor born above it.
    private static bool[] MergeBelow(CondensedTree tree, bool[] chosen, double epsilon, bool allowSingleCluster)
    {
        bool[] merged = new bool[chosen.Length];
        for (int cluster = 1; cluster < chosen.Length; cluster++)
        {
            if (chosen[cluster])
            {
                int kept = 1.0 / tree.Births[cluster] < epsilon ? Climb(tree, cluster, epsilon, allowSingleCluster) : cluster;
                merged[kept] = true;
            }
        }

        return merged;
    }

    private static int Climb(CondensedTree tree, int cluster, double epsilon, bool allowSingleCluster)
    {
        while (true)
        {
            int parent = tree.Parents[cluster];
            if (parent == 0)
            {
                return allowSingleCluster ? 0 : cluster;
            }

            if (1.0 / tree.Births[parent] > epsilon)
            {
                return parent;
            }

            cluster = parent;
        }
    }
}
