namespace TopicGrpc.Server.Predicting;

/// <summary>
/// Two queues behind one lock, interactive first. At least one text in <see cref="BulkShare"/> comes from the bulk queue
/// while it has any, so that a fit goes on under load.
/// </summary>
internal sealed class EmbeddingQueue
{
    /// <summary>One text in this many is taken from the bulk queue first.</summary>
    public const int BulkShare = 10;

    private readonly Lock _gate = new();
    private readonly LinkedList<EmbeddingJob> _interactive = new();
    private readonly LinkedList<EmbeddingJob> _bulk = new();
    private int _sinceBulk;

    /// <summary>Texts that wait, both queues together.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _interactive.Count + _bulk.Count;
            }
        }
    }

    /// <summary>Adds a job at the end of its queue.</summary>
    /// <returns>Its place, for <see cref="Remove"/>; null when <paramref name="limit"/> texts wait already.</returns>
    public LinkedListNode<EmbeddingJob>? TryAdd(EmbeddingJob job, EmbeddingPriority priority, int limit)
    {
        lock (_gate)
        {
            return _interactive.Count + _bulk.Count >= limit ? null : Queue(priority).AddLast(job);
        }
    }

    /// <summary>Takes the next job.</summary>
    /// <returns>Null when none waits.</returns>
    public EmbeddingJob? TryTake()
    {
        lock (_gate)
        {
            bool bulkFirst = _sinceBulk >= BulkShare - 1;
            LinkedList<EmbeddingJob> first = bulkFirst ? _bulk : _interactive;
            LinkedList<EmbeddingJob> queue = first.Count > 0 ? first : bulkFirst ? _interactive : _bulk;
            if (queue.First is not { } node)
            {
                return null;
            }

            _sinceBulk = queue == _bulk ? 0 : _sinceBulk + 1;
            queue.RemoveFirst();
            return node.Value;
        }
    }

    /// <summary>Gives a place up.</summary>
    public void Remove(LinkedListNode<EmbeddingJob> node)
    {
        lock (_gate)
        {
            node.List?.Remove(node);
        }
    }

    private LinkedList<EmbeddingJob> Queue(EmbeddingPriority priority) => priority == EmbeddingPriority.Interactive ? _interactive : _bulk;
}
