using System.Numerics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Nearest-neighbor descent (Dong, Moses and Li 2011), initialized from the leaves of random-projection trees. Each round
/// compares rows that share a list, because neighbors of neighbors are likely neighbors. The comparisons use one-byte codes;
/// the caller ranks the candidates by the rows. The comparisons of a round depend only on the lists at its start, and the
/// lists use a total order, so the result does not depend on threads.
/// </summary>
internal sealed class DescentSearch(Matrix rows, RowGeometry geometry, int wanted)
{
    /// <summary>Trees for up to 2^<see cref="FewestTreesLog"/> rows.</summary>
    private const int FewestTrees = 12;
    private const int FewestTreesLog = 18;

    /// <summary>More rows make more lists whose near rows share no leaf, and which the descent does not find either.</summary>
    private const int TreesPerDoubling = 4;
    private const int MostRounds = 8;
    private const int BlockRows = 256;
    private const long TreeStream = 11;
    private const long ReverseStream = 12;

    /// <summary>Convergence: the last round is the one that changes fewer than one list entry per this many rows.</summary>
    private const int RowsPerChange = 16;

    private readonly int _n = rows.Rows;

    /// <summary>Returns the candidates of every row, without the row itself.</summary>
    public CandidateLists Run(int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        CenteredCodes codes = new(rows, geometry, threads, cancellationToken);
        CandidateLists lists = new(_n, wanted, _n);
        int[] order = JoinLeaves(codes, lists, threads, cancellationToken);
        ListSnapshot snapshot = new(_n, lists.Capacity);
        ReverseNeighbors reverse = new(snapshot, _n);
        for (int round = 0; round < MostRounds; round++)
        {
            progress?.Report((round + 1.0) / (MostRounds + 1));
            if (Take(snapshot, lists, threads, cancellationToken) <= _n / RowsPerChange)
            {
                break;
            }

            // Rows that share members follow each other in the order of a tree, so their codes stay in the cache.
            reverse.Sample(CounterRandom.Key(0, ReverseStream, round), threads, cancellationToken);
            LocalJoin NewJoin() => new(codes, lists, lists.Capacity + ReverseNeighbors.Most);
            Share(threads, RowBlocks.Count(_n, BlockRows), NewJoin, (block, join, members) =>
            {
                foreach (int row in order.AsSpan(block * BlockRows, Math.Min(BlockRows, _n - (block * BlockRows))))
                {
                    (int count, int fresh) = reverse.Members(row, members);
                    if (fresh > 0)
                    {
                        join.Run(members.AsSpan(0, count), fresh);
                    }
                }
            }, cancellationToken);
        }

        progress?.Report(1);
        return lists;
    }

    /// <summary>Compares the rows of each leaf. Returns the order of the last tree. No more trees exist at a time than threads.</summary>
    private int[] JoinLeaves(CenteredCodes codes, CandidateLists lists, int threads, CancellationToken cancellationToken)
    {
        LocalJoin NewJoin() => new(codes, lists, ProjectionTree.LeafRows);
        int count = FewestTrees + (TreesPerDoubling * Math.Max(0, BitOperations.Log2((uint)Math.Max(1, _n - 1)) + 1 - FewestTreesLog));
        int together = Math.Clamp(threads, 1, count);
        var trees = new ProjectionTree[together];
        for (int first = 0; first < count; first += together)
        {
            int present = Math.Min(together, count - first);
            RowBlocks.Run(present, 1, threads, (tree, _, _) =>
            {
                trees[tree] = new ProjectionTree(codes, CounterRandom.Key(0, TreeStream, first + tree), cancellationToken);
            }, cancellationToken);
            int leaves = trees[0].Leaves;
            Share(threads, present * leaves, NewJoin, (item, join, _) =>
            {
                ReadOnlySpan<int> leaf = trees[item / leaves].Leaf(item % leaves);
                join.Run(leaf, leaf.Length);
            }, cancellationToken);
        }

        return trees[(count - 1) % together].Order;
    }

    private static long Take(ListSnapshot snapshot, CandidateLists lists, int threads, CancellationToken cancellationToken)
    {
        long fresh = 0;
        RowBlocks.Run(lists.Rows, 1024, threads, (_, start, end) =>
        {
            Interlocked.Add(ref fresh, snapshot.Take(lists, start, end));
        }, cancellationToken);
        return fresh;
    }

    private static void Share(
        int threads, int items, Func<LocalJoin> newJoin, Action<int, LocalJoin, int[]> work, CancellationToken cancellationToken)
    {
        int next = -1;
        new WorkTeam(threads).Run(_ =>
        {
            LocalJoin join = newJoin();
            int[] members = new int[join.MostMembers];
            for (int item = Interlocked.Increment(ref next); item < items; item = Interlocked.Increment(ref next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                work(item, join, members);
            }
        });
    }
}
