using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Nearest-neighbor descent (Dong, Moses and Li 2011), initialized from the leaves of random-projection trees. Each round
/// compares rows that share a list, because neighbors of neighbors are likely neighbors. The comparisons of a round depend
/// only on the lists of the previous round, and the lists use a total order, so the result does not depend on threads.
/// </summary>
internal sealed class DescentSearch(Matrix rows, RowGeometry geometry, int wanted)
{
    private const int Trees = 12;
    private const int MostRounds = 8;
    private const int BlockRows = 256;
    private const long TreeStream = 11;
    private const long ReverseStream = 12;

    /// <summary>Convergence: the last round is the one that changes fewer than one list entry per this many rows.</summary>
    private const int RowsPerChange = 200;

    private readonly int _n = rows.Rows;

    /// <summary>Returns the candidates of every row, without the row itself.</summary>
    public CandidateLists Run(int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int members = Math.Max(1, threads);
        var lists = new CandidateLists[members];
        for (int member = 0; member < members; member++)
        {
            lists[member] = new CandidateLists(_n, wanted, _n);
        }

        var trees = new ProjectionTree[Trees];
        RowBlocks.Run(Trees, 1, threads, (tree, _, _) =>
        {
            ulong key = CounterRandom.Key(0, TreeStream, tree);
            trees[tree] = new ProjectionTree(rows, geometry, key, cancellationToken);
        }, cancellationToken);
        int leaves = trees[0].Leaves;
        Share(lists, Trees * leaves, ProjectionTree.LeafRows, (item, join, _) =>
        {
            ReadOnlySpan<int> leaf = trees[item / leaves].Leaf(item % leaves);
            join.Run(leaf, leaf.Length);
        }, cancellationToken);
        CandidateLists before = new(_n, wanted, _n);
        for (int round = 0; round < MostRounds; round++)
        {
            progress?.Report((round + 1.0) / (MostRounds + 1));
            Merge(lists, threads, cancellationToken);
            ReverseNeighbors reverse = new(lists[0], before, _n, CounterRandom.Key(0, ReverseStream, round));
            if (reverse.Fresh <= _n / RowsPerChange)
            {
                break;
            }

            // Joins read this snapshot; each member writes to its own copy.
            CandidateLists now = new(_n, wanted, _n);
            RowBlocks.Run(_n, 1024, threads, (_, start, end) => CopyRows(lists, now, start, end), cancellationToken);
            Share(lists, RowBlocks.Count(_n, BlockRows), now.Capacity + ReverseNeighbors.Most, (block, join, scratch) =>
            {
                for (int row = block * BlockRows; row < Math.Min(_n, (block + 1) * BlockRows); row++)
                {
                    (int count, int fresh) = reverse.Members(now, before, row, scratch);
                    if (fresh > 0)
                    {
                        join.Run(scratch.AsSpan(0, count), fresh);
                    }
                }
            }, cancellationToken);
            before = now;
        }

        Merge(lists, threads, cancellationToken);
        progress?.Report(1);
        return lists[0];
    }

    private void Share(
        CandidateLists[] lists,
        int items,
        int mostMembers,
        Action<int, LocalJoin, int[]> work,
        CancellationToken cancellationToken)
    {
        int next = -1;
        new WorkTeam(lists.Length).Run(member =>
        {
            LocalJoin join = new(rows, geometry, lists[member], mostMembers);
            int[] scratch = new int[mostMembers];
            for (int item = Interlocked.Increment(ref next); item < items; item = Interlocked.Increment(ref next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                work(item, join, scratch);
            }
        });
    }

    private void Merge(CandidateLists[] lists, int threads, CancellationToken cancellationToken) =>
        RowBlocks.Run(_n, 1024, threads, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                for (int other = 1; other < lists.Length; other++)
                {
                    lists[0].MergeOnce(lists[other], row);
                }
            }
        }, cancellationToken);

    private static void CopyRows(CandidateLists[] lists, CandidateLists now, int start, int end)
    {
        for (int row = start; row < end; row++)
        {
            now.CopyRow(lists[0], row);
            for (int other = 1; other < lists.Length; other++)
            {
                lists[other].CopyRow(lists[0], row);
            }
        }
    }
}
