namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Pruning of splits whose weaker leaf has a persistence (largest λ − birth) below a threshold; Python
/// <c>cluster_selection_persistence</c>. The more persistent child continues under the parent's number.
/// </summary>
internal static class TreePruning
{
    public static CondensedTree Prune(CondensedTree tree, double threshold)
    {
        int count = tree.ClusterCount;
        int[] heir = new int[count];
        double[] fixedLambda = new double[count];
        double[] highest = [.. tree.DirectMaximum];
        bool[] isLeaf = new bool[count];
        for (int cluster = 0; cluster < count; cluster++)
        {
            heir[cluster] = cluster;
            isLeaf[cluster] = tree.IsLeaf(cluster);
            fixedLambda[cluster] = double.NaN;
        }

        // Descending, so that both children are final before their parent. Only a leaf can be below the threshold.
        for (int parent = count - 1; parent >= 0; parent--)
        {
            if (tree.IsLeaf(parent))
            {
                continue;
            }

            int left = tree.FirstChild[parent];
            int right = left + 1;
            double split = tree.SplitOf(parent);
            highest[parent] = Math.Max(highest[parent], Math.Max(highest[left], highest[right]));
            if (Math.Min(highest[left], highest[right]) - split >= threshold)
            {
                continue;
            }

            (int weak, int strong) = highest[left] <= highest[right] ? (left, right) : (right, left);
            heir[left] = parent;
            heir[right] = parent;
            if (isLeaf[strong])
            {
                isLeaf[parent] = true;
            }
            else
            {
                fixedLambda[weak] = split;
            }
        }

        return Renumber(tree, heir, fixedLambda);
    }

    private static CondensedTree Renumber(CondensedTree tree, int[] heir, double[] fixedLambda)
    {
        int[] number = new int[tree.ClusterCount];
        List<int> parents = [];
        List<double> births = [];
        List<int> sizes = [];
        for (int cluster = 0; cluster < number.Length; cluster++)
        {
            if (heir[cluster] != cluster)
            {
                number[cluster] = number[heir[cluster]];
                continue;
            }

            number[cluster] = parents.Count;
            parents.Add(cluster == 0 ? -1 : number[tree.Parents[cluster]]);
            births.Add(tree.Births[cluster]);
            sizes.Add(tree.Sizes[cluster]);
        }

        int[] pointCluster = new int[tree.PointCount];
        double[] pointLambda = new double[tree.PointCount];
        for (int point = 0; point < pointCluster.Length; point++)
        {
            int before = tree.PointCluster[point];
            pointCluster[point] = number[before];
            pointLambda[point] = double.IsNaN(fixedLambda[before]) ? tree.PointLambda[point] : fixedLambda[before];
        }

        return tree.With(pointCluster, pointLambda, [.. parents], [.. births], [.. sizes]);
    }
}
