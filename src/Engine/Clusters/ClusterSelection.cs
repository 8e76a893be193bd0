namespace TopicGrpc.Engine.Clusters;

/// <summary>Clusters selected from a condensed tree, with the labels and probabilities of its points.</summary>
internal sealed class ClusterSelection
{
    private ClusterSelection(CondensedTree tree, bool[] chosen, double[] stabilities, double rootLambda)
    {
        Tree = tree;
        Owner = new int[tree.ClusterCount];
        List<int> selected = [];
        for (int cluster = 0; cluster < chosen.Length; cluster++)
        {
            Owner[cluster] = cluster > 0 ? Owner[tree.Parents[cluster]] : -1;
            if (chosen[cluster])
            {
                Owner[cluster] = selected.Count;
                selected.Add(cluster);
            }
        }

        Selected = [.. selected];
        Labels = new int[tree.PointCount];
        Probabilities = new double[tree.PointCount];
        bool rootOnly = Selected.Length == 1 && Selected[0] == 0;
        for (int point = 0; point < Labels.Length; point++)
        {
            // Points that leave the root directly are outliers. If the root is the only cluster, its densest points are members.
            int cluster = tree.PointCluster[point];
            int label = rootOnly ? (tree.PointLambda[point] >= rootLambda ? 0 : -1) : RootIsNoise(cluster);
            Labels[point] = label;
            Probabilities[point] = label < 0 ? 0 : Strength(tree.PointLambda[point], tree.DirectMaximum[Selected[label]]);
        }

        Persistence = Persistences(stabilities);
    }

    public CondensedTree Tree { get; }

    /// <summary>Tree cluster of each label, ascending.</summary>
    public int[] Selected { get; }

    /// <summary>Label of each tree cluster: its own or that of its nearest selected ancestor; −1 for none.</summary>
    public int[] Owner { get; }

    public int[] Labels { get; }

    public double[] Probabilities { get; }

    public double[] Persistence { get; }

    public static ClusterSelection Select(SingleLinkageTree linkage, HdbscanOptions options)
    {
        var tree = CondensedTree.Build(linkage, options.MinClusterSize);
        if (options.SelectionPersistence > 0 && tree.ClusterCount > 1)
        {
            tree = TreePruning.Prune(tree, options.SelectionPersistence);
        }

        double[] stabilities = tree.Stabilities();
        bool[] chosen = ClusterSelector.Choose(tree, stabilities, options);
        double rootLambda = options.SelectionEpsilon > 0 ? 1.0 / options.SelectionEpsilon : tree.DirectMaximum[0];
        return new ClusterSelection(tree, chosen, stabilities, rootLambda);
    }

    /// <summary>Returns min(λ, maximum) / maximum, a value in [0, 1].</summary>
    public static double Strength(double lambda, double maximum) => maximum > 0 ? Math.Min(lambda, maximum) / maximum : 1.0;

    private int RootIsNoise(int cluster)
    {
        int label = Owner[cluster];
        return label >= 0 && Selected[label] == 0 ? -1 : label;
    }

    private double[] Persistences(double[] stabilities)
    {
        double largest = 0;
        foreach (double lambda in Tree.DirectMaximum)
        {
            largest = Math.Max(largest, lambda);
        }

        int[] counts = new int[Selected.Length];
        foreach (int label in Labels)
        {
            if (label >= 0)
            {
                counts[label]++;
            }
        }

        double[] persistence = new double[Selected.Length];
        for (int label = 0; label < persistence.Length; label++)
        {
            bool undefined = largest >= Tree.DuplicateLambda || largest == 0 || counts[label] == 0;
            persistence[label] = undefined ? 1.0 : stabilities[Selected[label]] / (counts[label] * largest);
        }

        return persistence;
    }
}
