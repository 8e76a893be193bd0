using System.Collections.Concurrent;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// What the start found in the data folder that the database does not name, or the other way round. The server leaves it as it is;
/// <c>GetServerInfo</c> reports it. Thread-safe.
/// </summary>
internal sealed class StorageWarnings
{
    private const int MaxItems = 100;

    private readonly ConcurrentQueue<string> _items = new();
    private int _count;

    /// <summary>The warnings, at most 100, and one that counts the others.</summary>
    public IEnumerable<string> Items => _count <= MaxItems
        ? _items
        : _items.Append(FormattableString.Invariant($"{_count - MaxItems} further findings; the log names them."));

    public void Add(string warning)
    {
        if (Interlocked.Increment(ref _count) <= MaxItems)
        {
            _items.Enqueue(warning);
        }
    }
}
