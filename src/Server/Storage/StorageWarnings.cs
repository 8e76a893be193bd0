using System.Collections.Concurrent;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// What the start found in the data folder that the database does not name, or the other way round. The server leaves it as it is;
/// <c>GetServerInfo</c> reports it. Thread-safe.
/// </summary>
internal sealed class StorageWarnings
{
    private const int MaxItems = 100;

    private readonly ConcurrentQueue<StorageWarning> _items = new();
    private readonly ConcurrentQueue<string> _strays = new();
    private int _count;

    /// <summary>The first warnings, at most 100.</summary>
    public IEnumerable<StorageWarning> Items => _items;

    /// <summary>Folders that the database does not name, relative to the data folder; at most 100.</summary>
    public IEnumerable<string> Strays => _strays;

    /// <summary>Adds a warning of a folder that the database does not name.</summary>
    /// <param name="path">Path relative to the data folder.</param>
    /// <param name="warning">The warning.</param>
    public void AddStray(string path, StorageWarning warning)
    {
        if (_strays.Count < MaxItems)
        {
            _strays.Enqueue(path);
        }

        Add(warning);
    }

    /// <summary>Number of further warnings, which only the log has.</summary>
    public int OmittedCount => Math.Max(0, Volatile.Read(ref _count) - MaxItems);

    public void Add(StorageWarning warning)
    {
        if (Interlocked.Increment(ref _count) <= MaxItems)
        {
            _items.Enqueue(warning);
        }
    }
}
