namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// λ of the lowest common ancestor of a tree cluster and each selected cluster, at its split. If one contains the other, the
/// value is the point's own λ. The labels are kept in depth-first order, in which those below a cluster are a range; a table
/// of all pairs would grow with the square of the number of clusters.
/// </summary>
internal sealed class MergeHeights
{
    private readonly CondensedTree _tree;
    private readonly int[] _labels;
    private readonly int[] _starts;
    private readonly int[] _counts;
    private readonly bool[] _isSelected;

    /// <summary>Orders the labels.</summary>
    /// <param name="tree">Tree; the number of a cluster is larger than its parent's.</param>
    /// <param name="selected">Tree cluster of each label.</param>
    public MergeHeights(CondensedTree tree, int[] selected)
    {
        _tree = tree;
        _labels = new int[selected.Length];
        _starts = new int[tree.ClusterCount];
        _counts = new int[tree.ClusterCount];
        _isSelected = new bool[tree.ClusterCount];
        foreach (int cluster in selected)
        {
            _isSelected[cluster] = true;
            _counts[cluster] = 1;
        }

        for (int cluster = tree.ClusterCount - 1; cluster > 0; cluster--)
        {
            _counts[tree.Parents[cluster]] += _counts[cluster];
        }

        // The label of a selected cluster precedes those of its descendants.
        int[] next = new int[tree.ClusterCount];
        for (int cluster = 0; cluster < next.Length; cluster++)
        {
            if (cluster > 0)
            {
                _starts[cluster] = next[tree.Parents[cluster]];
                next[tree.Parents[cluster]] += _counts[cluster];
            }

            next[cluster] = _starts[cluster] + (_isSelected[cluster] ? 1 : 0);
        }

        for (int label = 0; label < selected.Length; label++)
        {
            _labels[_starts[selected[label]]] = label;
        }
    }

    /// <summary>Writes the heights of a tree cluster, by label.</summary>
    /// <param name="cluster">Tree cluster of the point.</param>
    /// <param name="own">λ of the point.</param>
    /// <param name="heights">Receives one value per label.</param>
    public void Fill(int cluster, double own, Span<double> heights)
    {
        int first = _starts[cluster];
        int end = first + _counts[cluster];
        Fill(first, end, own, heights);
        for (int ancestor = _tree.Parents[cluster]; ancestor >= 0; ancestor = _tree.Parents[ancestor])
        {
            // The labels below the ancestor, without those below the cluster that the last step came from.
            double split = _tree.SplitOf(ancestor);
            int start = _starts[ancestor];
            Fill(start, first, split, heights);
            Fill(end, start + _counts[ancestor], split, heights);
            if (_isSelected[ancestor])
            {
                heights[_labels[start]] = own;
            }

            (first, end) = (start, start + _counts[ancestor]);
        }
    }

    private void Fill(int start, int end, double height, Span<double> heights)
    {
        foreach (int label in _labels.AsSpan(start, end - start))
        {
            heights[label] = height;
        }
    }
}
