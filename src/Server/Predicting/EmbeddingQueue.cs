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
    private long _interactiveUnits;
    private long _bulkUnits;

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

    /// <summary>Units of work that are taken before a text which comes now.</summary>
    public long UnitsAhead(EmbeddingPriority priority)
    {
        lock (_gate)
        {
            // Beside interactive texts the bulk queue gets its share and no more.
            return priority == EmbeddingPriority.Interactive
                ? _interactiveUnits + Math.Min(_bulkUnits, _interactiveUnits / (BulkShare - 1))
                : _interactiveUnits + _bulkUnits;
        }
    }

    /// <summary>Units of work that wait in one queue.</summary>
    public long UnitsWaiting(bool interactive)
    {
        lock (_gate)
        {
            return interactive ? _interactiveUnits : _bulkUnits;
        }
    }

    /// <summary>Adds a job at the end of its queue.</summary>
    /// <returns>Its place, for <see cref="Remove"/>; null when <paramref name="limit"/> texts wait already.</returns>
    public LinkedListNode<EmbeddingJob>? TryAdd(EmbeddingJob job, EmbeddingPriority priority, int limit)
    {
        lock (_gate)
        {
            if (_interactive.Count + _bulk.Count >= limit)
            {
                return null;
            }

            LinkedList<EmbeddingJob> queue = priority == EmbeddingPriority.Interactive ? _interactive : _bulk;
            Weigh(queue, job.Units);
            return queue.AddLast(job);
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
            Weigh(queue, -node.Value.Units);
            return node.Value;
        }
    }

    /// <summary>Gives a place up.</summary>
    public void Remove(LinkedListNode<EmbeddingJob> node)
    {
        lock (_gate)
        {
            if (node.List is { } queue)
            {
                Weigh(queue, -node.Value.Units);
                queue.Remove(node);
            }
        }
    }

    private void Weigh(LinkedList<EmbeddingJob> queue, int units)
    {
        if (queue == _interactive)
        {
            _interactiveUnits += units;
        }
        else
        {
            _bulkUnits += units;
        }
    }
}
