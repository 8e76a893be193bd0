namespace TopicGrpc.Server.Storage;

/// <summary>
/// The threads that wait for the files of the data folder. Writes of one key run on one thread, in order, so that the state behind the key
/// needs no lock; reads and transfers have their own threads and do not delay writes.
/// </summary>
internal sealed class DiskThreads : IDisposable
{
    private const int WriterCount = 4;
    private const int ReaderCount = 4;
    private const int TransferCount = 4;

    private readonly DiskQueue[] _writers;
    private readonly DiskQueue _readers;

    public DiskThreads()
        : this(WriterCount, ReaderCount)
    {
    }

    internal DiskThreads(int writers, int readers)
    {
        _writers = new DiskQueue[writers];
        for (int index = 0; index < writers; index++)
        {
            _writers[index] = new DiskQueue(FormattableString.Invariant($"disk write {index + 1}"), 1);
        }

        _readers = new DiskQueue("disk read", readers);
    }

    /// <summary>The files of imports and exports, and the deletion of folders: work whose order does not matter.</summary>
    public DiskQueue Transfers { get; } = new("disk transfer", TransferCount);

    /// <summary>Returns the thread that runs all writes of a key.</summary>
    public DiskQueue Writer(string key)
    {
        uint hash = 2166136261; // FNV-1a: string.GetHashCode differs between processes, which makes faults hard to reproduce.
        foreach (char character in key)
        {
            hash = (hash ^ character) * 16777619;
        }

        return _writers[hash % (uint)_writers.Length];
    }

    /// <summary>Runs a read on one of the reading threads.</summary>
    public Task<T> ReadAsync<T>(Func<T> work, CancellationToken cancellationToken) => _readers.RunAsync(work, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (DiskQueue writer in _writers)
        {
            writer.Dispose();
        }

        _readers.Dispose();
        Transfers.Dispose();
    }
}
