namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>
/// Agglomerative clustering with the nearest-neighbor chain, O(n²) time (Müllner 2011). Tie-breaking, the order of merges
/// and the numbering of clusters are those of SciPy's <c>linkage</c>, so that heights and trees are comparable one to one.
/// </summary>
internal static class NearestNeighborChain
{
    /// <summary>Returns the n − 1 merges of the dendrogram, by ascending height.</summary>
    public static LinkageMerge[] Link(
        CondensedDistances distances,
        LinkageMethod method,
        CancellationToken cancellationToken = default)
    {
        int count = distances.Count;
        CondensedDistances work = distances.Copy();
        int[] sizes = new int[count];
        Array.Fill(sizes, 1);
        int[] chain = new int[count];
        int chainLength = 0;
        var merges = new LinkageMerge[Math.Max(0, count - 1)];
        for (int step = 0; step < merges.Length; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chainLength == 0)
            {
                chain[chainLength++] = Array.FindIndex(sizes, size => size > 0);
            }

            (int x, int y, double height) = GrowChain(work, sizes, chain, ref chainLength);
            chainLength -= 2;
            merges[step] = new LinkageMerge(Math.Min(x, y), Math.Max(x, y), height, 0);
            Merge(work, sizes, merges[step], method);
        }

        // Stable, as in SciPy: merges of equal height stay in the order in which the chain found them.
        return Number([.. merges.OrderBy(merge => merge.Height)]);
    }

    private static (int X, int Y, double Height) GrowChain(CondensedDistances work, int[] sizes, int[] chain, ref int chainLength)
    {
        while (true)
        {
            int x = chain[chainLength - 1];
            int y = chainLength > 1 ? chain[chainLength - 2] : -1;
            double nearest = y >= 0 ? work[x, y] : double.PositiveInfinity;
            for (int i = 0; i < sizes.Length; i++)
            {
                if (sizes[i] > 0 && i != x && work[x, i] < nearest)
                {
                    nearest = work[x, i];
                    y = i;
                }
            }

            if (chainLength > 1 && y == chain[chainLength - 2])
            {
                return (x, y, nearest);
            }

            chain[chainLength++] = y;
        }
    }

    /// <summary>Updates the distances of the merged cluster, which keeps the larger number, as in SciPy.</summary>
    private static void Merge(CondensedDistances work, int[] sizes, LinkageMerge merge, LinkageMethod method)
    {
        (int x, int y) = (merge.Left, merge.Right);
        (int sizeX, int sizeY) = (sizes[x], sizes[y]);
        sizes[x] = 0;
        sizes[y] = sizeX + sizeY;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] > 0 && i != y)
            {
                work[i, y] = method == LinkageMethod.Average
                    ? ((sizeX * work[i, x]) + (sizeY * work[i, y])) / (sizeX + sizeY)
                    : Ward(work[i, x], work[i, y], merge.Height, sizeX, sizeY, sizes[i]);
            }
        }
    }

    private static double Ward(double toX, double toY, double xToY, int sizeX, int sizeY, int size)
    {
        double scale = 1.0 / (sizeX + sizeY + size);
        return Math.Sqrt(((size + sizeX) * scale * toX * toX) + ((size + sizeY) * scale * toY * toY) - (size * scale * xToY * xToY));
    }

    private static LinkageMerge[] Number(LinkageMerge[] merges)
    {
        int leaves = merges.Length + 1;
        int[] parents = new int[leaves + merges.Length];
        int[] sizes = new int[parents.Length];
        for (int i = 0; i < parents.Length; i++)
        {
            parents[i] = i;
            sizes[i] = 1;
        }

        for (int step = 0; step < merges.Length; step++)
        {
            int left = Root(parents, merges[step].Left);
            int right = Root(parents, merges[step].Right);
            int made = leaves + step;
            parents[left] = parents[right] = made;
            sizes[made] = sizes[left] + sizes[right];
            merges[step] = new LinkageMerge(Math.Min(left, right), Math.Max(left, right), merges[step].Height, sizes[made]);
        }

        return merges;
    }

    private static int Root(int[] parents, int node)
    {
        int root = node;
        while (parents[root] != root)
        {
            root = parents[root];
        }

        while (parents[node] != root)
        {
            (node, parents[node]) = (parents[node], root);
        }

        return root;
    }
}
