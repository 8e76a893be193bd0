namespace TopicGrpc.Cluster.Embedding;

/// <summary>The chunks of a run that no member has. Chunks are composed when they are taken. Not thread-safe.</summary>
/// <param name="fresh">Chunks that were given to no member yet.</param>
internal sealed class ChunkQueue(IEnumerator<EmbeddingChunk> fresh)
{
    private readonly LinkedList<PlannedChunk> _again = new();
    private readonly LinkedList<PlannedChunk> _suspects = new();

    /// <summary>Suspects that no member has, also those that wait for a verdict.</summary>
    public IReadOnlyCollection<PlannedChunk> Suspects => _suspects;

    /// <summary>Adds a chunk that a member had.</summary>
    public void Add(PlannedChunk chunk) => (chunk.IsSuspect ? _suspects : _again).AddLast(chunk);

    /// <summary>Removes a suspect.</summary>
    public void Remove(PlannedChunk suspect) => _suspects.Remove(suspect);

    /// <summary>Takes the next chunk for a member.</summary>
    /// <param name="worker">The member.</param>
    /// <param name="maySuspect">Whether it may get a suspect: it has none, and it is not the coordinator while others are there.</param>
    /// <param name="isOnly">Whether no other member is there.</param>
    /// <returns>Null if there is none for it.</returns>
    public PlannedChunk? Take(IEmbeddingWorker worker, bool maySuspect, bool isOnly)
    {
        if (maySuspect && TakeFrom(_suspects, worker, isOnly) is { } suspect)
        {
            return suspect;
        }

        if (TakeFrom(_again, worker, isOnly) is { } again)
        {
            return again;
        }

        return fresh.MoveNext() ? new PlannedChunk(fresh.Current, isSuspect: false) : null;
    }

    private static PlannedChunk? TakeFrom(LinkedList<PlannedChunk> list, IEmbeddingWorker worker, bool isOnly)
    {
        for (LinkedListNode<PlannedChunk>? node = list.First; node is not null; node = node.Next)
        {
            if (node.Value.Unresolved is null && (isOnly || node.Value.LastWorker != worker.Id))
            {
                list.Remove(node);
                return node.Value;
            }
        }

        return null;
    }
}
