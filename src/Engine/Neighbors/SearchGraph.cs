using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Graph over stored rows for approximate queries: for each row, its nearest neighbors and some rows that it is a neighbor
/// of. The entries are the rows where a search starts: evenly spaced ones, and one of every connected component, so that
/// every row can be reached.
/// </summary>
/// <param name="Links">Linked rows, n × <see cref="Width"/> row-major; −1 for an empty place.</param>
/// <param name="Entries">Rows where a search starts, ascending.</param>
internal sealed record SearchGraph(ReadOnlyMemory<int> Links, int[] Entries)
{
    /// <summary>Level above, where a search starts; null if it starts at the entries.</summary>
    public SampledRows? Sample { get; init; }

    /// <summary>Links per row.</summary>
    public const int Width = 24;

    /// <summary>Distance between entries, and between the rows of a level above.</summary>
    public const int Spacing = 8;

    /// <summary>
    /// Most rows whose entries are every eighth row. A query reads the coarse codes of all entries, at most 7 MB. Larger graphs
    /// have a level above, and few entries.
    /// </summary>
    private const int MostTopRows = 262_144;

    /// <summary>Evenly spaced entries of a larger graph.</summary>
    private const int FewEntries = 1024;

    /// <summary>
    /// Largest number of entries: a query reads the coarse codes of all, 15 MB. For a graph with more components, queries are
    /// exact.
    /// </summary>
    private const int MostEntries = 65_536;

    /// <summary>Creates the graph.</summary>
    /// <param name="neighbors">Neighbors of the rows; column 0 is the row itself.</param>
    /// <returns>The graph; null if it has too many components.</returns>
    public static SearchGraph? Create(NeighborTable neighbors) => Create(neighbors, MostEntries);

    /// <summary>Creates the graph with the levels above it.</summary>
    /// <param name="rows">Vectors, n × d.</param>
    /// <param name="neighbors">Neighbors of the rows; column 0 is the row itself.</param>
    /// <param name="metric">Metric of the neighbors.</param>
    /// <param name="compute">Threads; they do not change the graph.</param>
    /// <param name="cancellationToken">Cancels within one strip of rows.</param>
    /// <returns>The graph; null if it has too many components.</returns>
    public static SearchGraph? Create(
        Matrix rows, NeighborTable neighbors, DistanceMetric metric, ComputeOptions compute, CancellationToken cancellationToken) =>
        Create(rows, neighbors, metric, MostTopRows, compute, cancellationToken);

    /// <summary>Creates the graph with another number of rows that need no level above.</summary>
    internal static SearchGraph? Create(
        Matrix rows,
        NeighborTable neighbors,
        DistanceMetric metric,
        int mostTopRows,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        if (Create(neighbors) is not { } graph)
        {
            return null;
        }

        NeighborSearch search = new(new NeighborOptions { NeighborCount = neighbors.NeighborCount, Metric = metric });
        return graph with { Sample = SampledRows.Create(rows, search, graph, mostTopRows, compute, cancellationToken) };
    }

    /// <summary>Creates the graph with another limit of entries.</summary>
    internal static SearchGraph? Create(NeighborTable neighbors, int mostEntries)
    {
        int rows = neighbors.RowCount;
        int[] links = new int[checked(rows * Width)];
        links.AsSpan().Fill(-1);
        int[] counts = new int[rows];
        int forward = Math.Min(neighbors.NeighborCount - 1, Width * 2 / 3);
        for (int row = 0; row < rows; row++)
        {
            neighbors.Indices.AsSpan((row * neighbors.NeighborCount) + 1, forward).CopyTo(links.AsSpan(row * Width));
            counts[row] = forward;
        }

        // Reverse links by rank: a row that has this one as its nearest neighbor comes before one that has it as its tenth.
        DisjointSet components = new(rows);
        for (int rank = 1; rank <= forward; rank++)
        {
            for (int row = 0; row < rows; row++)
            {
                int target = neighbors.Indices[(row * neighbors.NeighborCount) + rank];
                if (counts[target] < Width && !links.AsSpan(target * Width, counts[target]).Contains(row))
                {
                    links[(target * Width) + counts[target]++] = row;
                    components.Union(row, target);
                }
                else if (links.AsSpan(target * Width, counts[target]).Contains(row))
                {
                    components.Union(row, target);
                }
            }
        }

        return components.SetCount > mostEntries - SpacedEntries(rows) ? null : new SearchGraph(links, EntriesOf(components, rows));
    }

    /// <summary>Returns the graph of more rows, of which these are the distinct ones. A search never visits the copies.</summary>
    /// <param name="rowOf">First of the equal rows, for each row of this graph.</param>
    /// <param name="rows">Number of all rows.</param>
    public SearchGraph Expanded(int[] rowOf, int rows)
    {
        int[] links = new int[checked(rows * Width)];
        links.AsSpan().Fill(-1);
        for (int row = 0; row < rowOf.Length; row++)
        {
            Span<int> own = links.AsSpan(rowOf[row] * Width, Width);
            ReadOnlySpan<int> known = LinksOf(Links.Span, row);
            for (int i = 0; i < Width && known[i] >= 0; i++)
            {
                own[i] = rowOf[known[i]];
            }
        }

        return new SearchGraph(links, Array.ConvertAll(Entries, entry => rowOf[entry])) { Sample = Sample?.Expanded(rowOf) };
    }

    /// <summary>
    /// Returns the graph without some rows. A search never visits them; rows that were linked through them alone may not be found.
    /// </summary>
    /// <param name="rows">The rows, ascending.</param>
    public SearchGraph Without(int[] rows)
    {
        bool[] removed = new bool[Links.Length / Width];
        Array.ForEach(rows, row => removed[row] = true);
        int[] links = new int[Links.Length];
        links.AsSpan().Fill(-1);
        for (int row = 0; row < removed.Length; row++)
        {
            int count = row * Width;
            foreach (int link in LinksOf(Links.Span, row))
            {
                if (link >= 0 && !removed[link] && !removed[row])
                {
                    links[count++] = link;
                }
            }
        }

        // A removed entry is replaced, because it may be the only one of its component.
        SortedSet<int> entries = [];
        foreach (int entry in Entries)
        {
            int kept = removed[entry] ? NextKept(entry, removed) : entry;
            if (kept >= 0)
            {
                entries.Add(kept);
            }
        }

        return new SearchGraph(links, [.. entries]) { Sample = Sample?.Without(removed) };
    }

    /// <summary>Returns a row that a removed row is linked to, otherwise the first row that is not removed; −1 for none.</summary>
    private int NextKept(int entry, bool[] removed)
    {
        foreach (int link in LinksOf(Links.Span, entry))
        {
            if (link >= 0 && !removed[link])
            {
                return link;
            }
        }

        return Array.IndexOf(removed, false);
    }

    /// <summary>Returns the links of a row; the empty places are last.</summary>
    public static ReadOnlySpan<int> LinksOf(ReadOnlySpan<int> links, int row) => links.Slice(row * Width, Width);

    private static int SpacedEntries(int rows) =>
        rows > MostTopRows ? FewEntries : (rows + Spacing - 1) / Spacing;

    private static int[] EntriesOf(DisjointSet components, int rows)
    {
        SortedSet<int> entries = [];
        int spaced = SpacedEntries(rows);
        for (int i = 0; i < spaced; i++)
        {
            entries.Add((int)((long)i * rows / spaced));
        }

        HashSet<int> seen = [];
        for (int row = 0; row < rows; row++)
        {
            if (seen.Add(components.Find(row)))
            {
                entries.Add(row);
            }
        }

        return [.. entries];
    }
}
