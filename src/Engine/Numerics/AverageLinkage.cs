namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Agglomerative clustering with average linkage (UPGMA) by the nearest-neighbor chain. Source: Müllner 2011, algorithm as
/// in scipy's <c>linkage(method="average")</c>, so that merges come in scipy's order also where distances are equal.
/// </summary>
internal static class AverageLinkage
{
    /// <summary>Builds the tree.</summary>
    /// <param name="distances">count × count distances, symmetric; overwritten.</param>
    /// <param name="count">Number of leaves, 1 or more.</param>
    /// <returns>count − 1 merges by ascending height; merge m makes node count + m, and its first child has the lower number.</returns>
    public static (int First, int Second, double Height)[] Build(double[] distances, int count)
    {
        int[] sizes = new int[count];
        Array.Fill(sizes, 1);
        var merges = new (int First, int Second, double Height)[count - 1];
        List<int> chain = [];
        for (int merge = 0; merge < merges.Length; merge++)
        {
            if (chain.Count == 0)
            {
                chain.Add(Array.FindIndex(sizes, size => size > 0));
            }

            (int a, int b, double height) = Extend(chain, distances, sizes);
            (int x, int y) = a < b ? (a, b) : (b, a);
            merges[merge] = (x, y, height);
            Merge(x, y, distances, sizes);
        }

        (int First, int Second, double Height)[] ordered = [.. merges.OrderBy(merge => merge.Height)];
        Number(ordered, count);
        return ordered;
    }

    /// <summary>Follows nearest neighbors until two clusters are each other's; takes them off the chain.</summary>
    private static (int X, int Y, double Distance) Extend(List<int> chain, double[] distances, int[] sizes)
    {
        int count = sizes.Length;
        while (true)
        {
            int x = chain[^1];
            int y = chain.Count > 1 ? chain[^2] : -1;
            double nearest = y >= 0 ? distances[(x * count) + y] : double.PositiveInfinity;
            for (int i = 0; i < count; i++)
            {
                if (sizes[i] > 0 && i != x && distances[(x * count) + i] < nearest)
                {
                    nearest = distances[(x * count) + i];
                    y = i;
                }
            }

            if (chain.Count > 1 && y == chain[^2])
            {
                chain.RemoveRange(chain.Count - 2, 2);
                return (x, y, nearest);
            }

            chain.Add(y);
        }
    }

    /// <summary>The cluster <paramref name="y"/> takes in <paramref name="x"/>.</summary>
    private static void Merge(int x, int y, double[] distances, int[] sizes)
    {
        int count = sizes.Length;
        for (int i = 0; i < count; i++)
        {
            if (sizes[i] > 0 && i != x && i != y)
            {
                double mean = ((sizes[x] * distances[(x * count) + i]) + (sizes[y] * distances[(y * count) + i])) / (sizes[x] + sizes[y]);
                distances[(y * count) + i] = distances[(i * count) + y] = mean;
            }
        }

        sizes[y] += sizes[x];
        sizes[x] = 0;
    }

    /// <summary>Replaces representatives by node numbers.</summary>
    private static void Number((int First, int Second, double Height)[] merges, int count)
    {
        int[] parents = [.. Enumerable.Range(0, (2 * count) - 1)];
        for (int merge = 0; merge < merges.Length; merge++)
        {
            int first = Root(parents, merges[merge].First);
            int second = Root(parents, merges[merge].Second);
            parents[first] = parents[second] = count + merge;
            merges[merge] = (Math.Min(first, second), Math.Max(first, second), merges[merge].Height);
        }
    }

    private static int Root(int[] parents, int node)
    {
        while (parents[node] != node)
        {
            parents[node] = parents[parents[node]];
            node = parents[node];
        }

        return node;
    }
}
