namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Parallel loop over fixed blocks of rows. The blocks depend only on the row count and the block size. Partial results
/// that are stored by block and reduced in block order are therefore the same for any number of threads.
/// </summary>
internal static class RowBlocks
{
    /// <summary>Returns the number of blocks.</summary>
    public static int Count(int rows, int blockSize) => (rows + blockSize - 1) / blockSize;

    /// <summary>Calls <paramref name="body"/> once for each block, with the block number, its first row and its end (exclusive).</summary>
    public static void Run(int rows, int blockSize, int threads, Action<int, int, int> body, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        int blocks = Count(rows, blockSize);
        if (threads <= 1 || blocks <= 1)
        {
            for (int block = 0; block < blocks; block++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                body(block, block * blockSize, Math.Min(rows, (block + 1) * blockSize));
            }

            return;
        }

        // Stay on the scheduler of the caller: a host may run it on threads of low priority.
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = threads,
            CancellationToken = cancellationToken,
            TaskScheduler = TaskScheduler.Current,
        };
        Parallel.For(0, blocks, options, block => body(block, block * blockSize, Math.Min(rows, (block + 1) * blockSize)));
    }
}
