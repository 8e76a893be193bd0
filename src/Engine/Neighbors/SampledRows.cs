using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Level above a <see cref="SearchGraph"/>: a graph over some of its rows, as in a hierarchical navigable small world (Malkov,
/// Yashunin 2016). The neighbors of sampled rows are farther apart, so a search reaches every region in a few steps; in the
/// graph of all rows it stays in the group of near-duplicates where it starts. Levels are added until few rows are left.
/// </summary>
/// <param name="Rows">Rows of the level below that are members, ascending.</param>
/// <param name="Graph">Graph of the members; its rows are places in <paramref name="Rows"/>.</param>
internal sealed record SampledRows(int[] Rows, SearchGraph Graph)
{
    /// <summary>
    /// Creates the levels above a graph. A level has every eighth row and the entries of the graph, which reach every component.
    /// </summary>
    /// <param name="rows">Vectors of the graph, n × d.</param>
    /// <param name="neighbors">Search for the neighbors of the members.</param>
    /// <param name="graph">Graph of the rows.</param>
    /// <param name="mostTopRows">Most rows of a graph without a level above it.</param>
    /// <param name="compute">Threads; they do not change the level.</param>
    /// <param name="cancellationToken">Cancels within one strip of rows.</param>
    /// <returns>The level; null if the graph has few rows, or if the graph of the members has too many components.</returns>
    public static SampledRows? Create(
        Matrix rows,
        NeighborSearch neighbors,
        SearchGraph graph,
        int mostTopRows,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        if (rows.Rows <= mostTopRows)
        {
            return null;
        }

        SortedSet<int> members = [.. graph.Entries];
        for (int row = 0; row < rows.Rows; row += SearchGraph.Spacing)
        {
            members.Add(row);
        }

        int[] rowOf = [.. members];
        Matrix sample = rows.Take(rowOf);
        NeighborTable table = neighbors.Find(sample, compute, progress: null, cancellationToken);
        return SearchGraph.Create(table) is { } level
            ? new SampledRows(
                rowOf,
                level with { Sample = Create(sample, neighbors, level, mostTopRows, compute, cancellationToken) })
            : null;
    }

    /// <summary>Returns the level of more rows, of which these are the distinct ones.</summary>
    /// <param name="rowOf">First of the equal rows, for each row of the graph.</param>
    public SampledRows Expanded(int[] rowOf) => this with { Rows = Array.ConvertAll(Rows, row => rowOf[row]) };

    /// <summary>Returns the level without some rows.</summary>
    /// <param name="removed">Whether a row of the level below is removed.</param>
    public SampledRows Without(bool[] removed)
    {
        List<int> members = [];
        for (int member = 0; member < Rows.Length; member++)
        {
            if (removed[Rows[member]])
            {
                members.Add(member);
            }
        }

        return members.Count == 0 ? this : this with { Graph = Graph.Without([.. members]) };
    }
}
