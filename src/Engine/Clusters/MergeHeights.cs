namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// λ of the lowest common ancestor of each tree cluster and each selected cluster, at its split. If one contains the other,
/// the value is <see cref="double.NaN"/>, to be replaced by the point's own λ.
/// </summary>
internal sealed class MergeHeights
{
    private readonly double[] _heights;
    private readonly int _selected;

    public MergeHeights(CondensedTree tree, int[] selected)
    {
        _selected = selected.Length;
        _heights = new double[checked(tree.ClusterCount * selected.Length)];
        int[] ancestor = new int[tree.ClusterCount];
        bool[] above = new bool[tree.ClusterCount];
        for (int label = 0; label < selected.Length; label++)
        {
            Array.Clear(above);
            for (int cluster = selected[label]; cluster >= 0; cluster = tree.Parents[cluster])
            {
                above[cluster] = true;
            }

            for (int cluster = 0; cluster < ancestor.Length; cluster++)
            {
                int common = above[cluster] ? cluster : ancestor[tree.Parents[cluster]];
                ancestor[cluster] = common;
                bool nested = common == cluster || common == selected[label];
                _heights[(cluster * _selected) + label] = nested ? double.NaN : tree.SplitOf(common);
            }
        }
    }

    /// <summary>Copies the heights of a tree cluster, by label; replaces NaN by <paramref name="own"/>.</summary>
    public void Fill(int cluster, double own, Span<double> heights)
    {
        ReadOnlySpan<double> row = _heights.AsSpan(cluster * _selected, _selected);
        for (int label = 0; label < row.Length; label++)
        {
            heights[label] = double.IsNaN(row[label]) ? own : row[label];
        }
    }
}
