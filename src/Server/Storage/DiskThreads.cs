namespace TopicGrpc.Server.Storage;

/// <summary>
/// The threads that wait for the disk. Writes of one key run on one thread, in order, so that the state behind the key needs no lock;
/// reads have their own threads and do not delay writes.
/// </summary>
internal sealed class DiskThreads : IDisposable
{
    private const int WriterCount = 4;
    private const int ReaderCount = 4;

    private readonly DiskThread[] _writers;
    private readonly DiskThread[] _readers;
    private uint _nextReader;

    public DiskThreads()
        : this(WriterCount, ReaderCount)
    {
    }

    internal DiskThreads(int writers, int readers)
    {
        _writers = Start("disk write", writers);
        _readers = Start("disk read", readers);
    }

    /// <summary>Returns the thread that runs all writes of a key.</summary>
    public DiskThread Writer(string key)
    {
        uint hash = 2166136261; // FNV-1a: string.GetHashCode differs between processes, which makes faults hard to reproduce.
        foreach (char character in key)
        {
            hash = (hash ^ character) * 16777619;
        }

        return _writers[hash % (uint)_writers.Length];
    }

    /// <summary>Runs a read on one of the reading threads.</summary>
    public Task<T> ReadAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        _readers[Interlocked.Increment(ref _nextReader) % (uint)_readers.Length].RunAsync(work, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DiskThread thread in _writers.Concat(_readers))
        {
            thread.Dispose();
        }
    }

    private static DiskThread[] Start(string name, int count) =>
        [.. Enumerable.Range(1, count).Select(number => new DiskThread(FormattableString.Invariant($"{name} {number}")))];
}
