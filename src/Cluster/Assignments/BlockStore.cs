using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>Blocks of assignments as objects of the store, in the form of the blocks of assignment files. Thread-safe.</summary>
internal sealed class BlockStore(ContentStore contents, IAssignmentRows rows)
{
    /// <summary>Longest object in bytes; the ids of documents are bounded, so no block reaches it.</summary>
    private const int MaxBytes = 1 << 29;

    private const int PageLength = 256;
    private const int MaxAhead = 4;

    /// <summary>Writes a block and verifies what the store holds afterwards.</summary>
    /// <param name="assignmentId">Id of the assignment.</param>
    /// <param name="change">Number of the change that the block belongs to.</param>
    /// <param name="number">Number of the block: that of the change which added it.</param>
    /// <param name="documents">Its documents.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>The row of the block.</returns>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public async Task<AssignmentBlock> WriteAsync(
        string assignmentId,
        long change,
        long number,
        ReadOnlyMemory<AssignedDocument> documents,
        CancellationToken cancellationToken)
    {
        BytesContent content = new(AssignmentCodec.Encode(documents.Span));
        var descriptor = ContentDescriptor.Describe(content, cancellationToken);
        string key = AssignmentKeys.New(assignmentId, change);
        await contents.PutAsync(key, content, descriptor, cancellationToken);
        return new AssignmentBlock(number, documents.Length, key, descriptor);
    }

    /// <summary>Lists the rows of the blocks of an assignment, in pages.</summary>
    /// <param name="assignmentId">Id of the assignment.</param>
    /// <param name="after">Number of a block; the list starts behind it.</param>
    /// <param name="cancellationToken">Stops between two pages.</param>
    public async IAsyncEnumerable<AssignmentBlock> ListAsync(
        string assignmentId,
        long after,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<AssignmentBlock> page;
        do
        {
            page = await rows.ListBlocksAsync(assignmentId, after, PageLength, cancellationToken);
            foreach (AssignmentBlock block in page)
            {
                yield return block;
                after = block.Number;
            }
        }
        while (page.Count == PageLength);
    }

    /// <summary>Reads a block, also if an erasure replaces it meanwhile.</summary>
    /// <returns>The row of the object that was read, and its documents; null if the block was removed.</returns>
    /// <exception cref="LostBlockException">The object is missing or damaged.</exception>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public async Task<(AssignmentBlock Block, AssignedDocument[] Documents)?> ReadAsync(
        string assignmentId, AssignmentBlock block, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                byte[] bytes = await contents.ReadAllAsync(block.Key, block.Content, MaxBytes, cancellationToken);
                return (block, AssignmentCodec.Decode(bytes));
            }
            catch (ObjectStoreException failure) when (failure.Error is ObjectStoreError.Missing or ObjectStoreError.Damaged)
            {
                if (await rows.FindBlockAsync(assignmentId, block.Number, cancellationToken) is not { } now)
                {
                    return null;
                }

                block = now.Key != block.Key ? now : throw new LostBlockException(block, failure);
            }
        }
    }

    /// <summary>Visits documents in order. The first block is read alone; behind it several blocks are read at the same time.</summary>
    /// <param name="assignmentId">Id of the assignment.</param>
    /// <param name="after">Number of a block; the visit starts behind it.</param>
    /// <param name="first">Number of documents to skip.</param>
    /// <param name="visit">Receives documents; returns false to stop.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Number of the last block whose documents were visited; <paramref name="after"/> if none was.</returns>
    /// <exception cref="LostBlockException">An object is missing or damaged; the documents before it were visited.</exception>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public async Task<long> VisitAsync(
        string assignmentId, long after, long first, Func<AssignedDocument, bool> visit, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<(long Number, Task<(AssignmentBlock Block, AssignedDocument[] Documents)?> Read)> reads = new();
        long last = after;
        async Task<bool> PassAsync()
        {
            (long number, var read) = reads.Peek();
            AssignedDocument[] documents = (await read)?.Documents ?? [];
            reads.Dequeue();
            int skipped = (int)Math.Min(first, documents.Length);
            first -= skipped;
            last = number;
            return Array.TrueForAll(documents[skipped..], document => visit(document));
        }

        try
        {
            int ahead = 1;
            await foreach (AssignmentBlock block in ListAsync(assignmentId, after, cancellationToken))
            {
                if (reads.Count == 0 && first >= block.Documents)
                {
                    (first, last) = (first - block.Documents, block.Number);
                    continue;
                }

                reads.Enqueue((block.Number, ReadAsync(assignmentId, block, stop.Token)));
                if (reads.Count == ahead)
                {
                    if (!await PassAsync())
                    {
                        return last;
                    }

                    ahead = MaxAhead;
                }
            }

            while (reads.Count > 0 && await PassAsync())
            {
            }

            return last;
        }
        finally
        {
#pragma warning disable CA1849 // CancelAsync would use another thread; a simulation runs this code on one.
            stop.Cancel();
#pragma warning restore CA1849
            foreach ((_, Task read) in reads)
            {
                await read.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Compares the objects of an assignment with their rows.</summary>
    /// <param name="assignmentId">Id of the assignment.</param>
    /// <param name="report">Receives the message of each lost object.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Number of bytes that were read.</returns>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public async Task<long> VerifyAsync(string assignmentId, Action<string> report, CancellationToken cancellationToken)
    {
        long bytes = 0;
        await foreach (AssignmentBlock block in ListAsync(assignmentId, after: 0, cancellationToken))
        {
            try
            {
                bytes += (await ReadAsync(assignmentId, block, cancellationToken))?.Block.Content.Length ?? 0;
            }
            catch (LostBlockException lost)
            {
                report(lost.Message);
            }
        }

        return bytes;
    }
}
