using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Finds the k nearest neighbors of every row among all rows. Candidates come from single-precision products; their
/// distances are recomputed in double precision in a fixed order. Equal rows therefore have distance exactly 0, and the
/// table has the same bits for any number of threads and on any machine. Thread-safe.
/// </summary>
public sealed class NeighborSearch
{
    /// <summary>
    /// Extra candidates per row. They exceed the number of rows that rounding can move across the k-th place, except for
    /// ties.
    /// </summary>
    private const int SpareCandidates = 8;

    /// <summary>
    /// Largest number of rows that the automatic method searches exactly; near the break-even point (docs/performance.md).
    /// </summary>
    public const int LargestExact = 30_000;

    private readonly NeighborOptions _options;

    /// <summary>Creates a search.</summary>
    /// <param name="options">Settings.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="NeighborOptions.NeighborCount"/> is less than 2.</exception>
    public NeighborSearch(NeighborOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.NeighborCount, 2, "NeighborCount");
        _options = options;
    }

    /// <summary>
    /// Returns the number of neighbors per row for a small table. If there are no more rows than neighbors requested, it is
    /// the number of rows minus one, as in umap-learn, but two for two rows.
    /// </summary>
    /// <param name="rowCount">Number of rows, n.</param>
    /// <param name="neighborCount">Requested neighbors per row, including the row itself.</param>
    /// <returns>Neighbors per row, k, including the row itself.</returns>
    public static int EffectiveCount(int rowCount, int neighborCount) =>
        rowCount > neighborCount ? neighborCount : Math.Max(Math.Min(rowCount, 2), rowCount - 1);

    /// <summary>Finds the neighbors of every row.</summary>
    /// <param name="rows">Vectors, n × d.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Receives the fraction done, 0 to 1; null for none.</param>
    /// <param name="cancellationToken">Cancels the search within one strip of 64 rows.</param>
    /// <returns>Table of n × k neighbors; see <see cref="EffectiveCount"/> for k when rows are few.</returns>
    /// <exception cref="ArgumentException">A value of <paramref name="rows"/> is not finite.</exception>
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

        Fill(table, rows, geometry, compute.Threads, progress, cancellationToken);
        StageGarbage.Collect(rows.Rows);
        return table;
    }

    /// <summary>Fills the table. The candidates are garbage when this method returns.</summary>
    private void Fill(
        NeighborTable table,
        Matrix rows,
        RowGeometry geometry,
        int threads,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        int wanted = table.NeighborCount - 1 + SpareCandidates;
        bool exact = _options.Method == NeighborMethod.Exact
            || (_options.Method == NeighborMethod.Automatic && rows.Rows <= LargestExact);
        CandidateLists candidates = exact
            ? new ExactSearch(rows, geometry, wanted).Run(threads, progress, cancellationToken)
            : new DescentSearch(rows, geometry, wanted).Run(threads, progress, cancellationToken);
        RowBlocks.Run(
            rows.Rows, 256, threads, (_, start, end) => Rank(geometry, candidates, table, start, end), cancellationToken);
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

            // The row itself comes first, even before exact duplicates with smaller numbers.
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
