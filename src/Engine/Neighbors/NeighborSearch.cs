using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Finds the nearest neighbors of every row among all rows. Candidates come from single-precision products; the distances
/// kept are recomputed in double precision in one fixed order, so equal rows lie at distance 0 exactly and the table has
/// the same bits for any number of threads and on any machine.
/// </summary>
public sealed class NeighborSearch
{
    /// <summary>Candidates kept beyond those wanted: more than rounding can move across the border, apart from ties.</summary>
    private const int SpareCandidates = 8;

    /// <summary>Most rows that are searched exactly when the method is automatic: about where both take the same time (docs/performance.md).</summary>
    public const int LargestExact = 30_000;

    private readonly NeighborOptions _options;

    /// <summary>Creates a search.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 neighbors asked for.</exception>
    public NeighborSearch(NeighborOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.NeighborCount, 2, "NeighborCount");
        _options = options;
    }

    /// <summary>Neighbors that a row can have: with no more rows than neighbors asked for it is one less than the rows, as in umap-learn, but two where there are two.</summary>
    /// <param name="rowCount">Rows.</param>
    /// <param name="neighborCount">Neighbors asked for.</param>
    /// <returns>Neighbors per row, the row itself included.</returns>
    public static int EffectiveCount(int rowCount, int neighborCount) =>
        rowCount > neighborCount ? neighborCount : Math.Max(Math.Min(rowCount, 2), rowCount - 1);

    /// <summary>Finds the neighbors.</summary>
    /// <param name="rows">One vector a row.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Gets the fraction done; null for none.</param>
    /// <param name="cancellationToken">Stops the search within a strip of 64 rows.</param>
    /// <returns>The table; see <see cref="EffectiveCount"/> for its width where rows are few.</returns>
    /// <exception cref="ArgumentException">A value is not a finite number.</exception>
    public NeighborTable Find(Matrix rows, ComputeOptions compute, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(compute);
        RowGeometry geometry = new(rows, _options.Metric, compute.Threads, cancellationToken);
        int count = EffectiveCount(rows.Rows, _options.NeighborCount);
        NeighborTable table = new(rows.Rows, count, new int[checked(rows.Rows * count)], new float[checked(rows.Rows * count)]);
        if (rows.Rows == 0)
        {
            return table;
        }

        int wanted = count - 1 + SpareCandidates;
        bool exact = _options.Method == NeighborMethod.Exact || (_options.Method == NeighborMethod.Automatic && rows.Rows <= LargestExact);
        CandidateLists candidates = exact
            ? new ExactSearch(rows, geometry, wanted).Run(compute.Threads, progress, cancellationToken)
            : new DescentSearch(rows, geometry, wanted).Run(compute.Threads, progress, cancellationToken);
        RowBlocks.Run(rows.Rows, 256, compute.Threads, (_, start, end) => Rank(geometry, candidates, table, start, end), cancellationToken);
        return table;
    }

    private static void Rank(RowGeometry geometry, CandidateLists candidates, NeighborTable table, int start, int end)
    {
        RankedRows nearest = new(table.NeighborCount);
        for (int row = start; row < end; row++)
        {
            nearest.Clear();
            foreach (int other in candidates.Row(row))
            {
                if (other != int.MaxValue)
                {
                    nearest.Offer(geometry.Distance(row, other), other);
                }
            }

            // The row itself stands first even among exact duplicates with lower numbers.
            int place = row * table.NeighborCount;
            table.Indices[place] = row;
            table.Distances[place] = 0f;
            for (int i = 1; i < table.NeighborCount; i++)
            {
                table.Indices[place + i] = nearest.Index(i - 1);
                table.Distances[place + i] = (float)nearest.Distance(i - 1);
            }
        }
    }
}
