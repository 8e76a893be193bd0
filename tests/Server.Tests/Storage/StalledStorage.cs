using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Tests.Storage;

/// <summary>A storage whose file flushes wait for the test, and which records the threads that waited.</summary>
internal sealed class StalledStorage(IFileStorage inner) : IFileStorage, IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly SemaphoreSlim _arrived = new(0);
    private int _flushes;

    /// <summary>Whether a thread of the thread pool called the storage.</summary>
    public bool IsPoolThreadUsed { get; private set; }

    public int Flushes => Volatile.Read(ref _flushes);

    public void ForgetThreads() => IsPoolThreadUsed = false;

    public void Stall() => _open.Reset();

    public void Release() => _open.Set();

    /// <summary>Ends when a flush waits.</summary>
    public async Task ArrivedAsync() =>
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

    public bool FileExists(string path) => Seen(inner.FileExists(path));

    public bool FolderExists(string path) => Seen(inner.FolderExists(path));

    public IStoredFile Open(string path, FileMode mode, FileAccess access) => new StalledFile(this, Seen(inner.Open(path, mode, access)));

    public IReadOnlyList<string> ListFiles(string path) => Seen(inner.ListFiles(path));

    public IReadOnlyList<string> ListFolders(string path) => Seen(inner.ListFolders(path));

    public void CreateFolder(string path) => Run(() => inner.CreateFolder(path));

    public void FlushFolder(string path) => Run(() => inner.FlushFolder(path));

    public void MoveFolder(string source, string destination) => Run(() => inner.MoveFolder(source, destination));

    public void ReplaceFile(string source, string destination) => Run(() => inner.ReplaceFile(source, destination));

    public void DeleteFile(string path) => Run(() => inner.DeleteFile(path));

    public void DeleteFolder(string path) => Run(() => inner.DeleteFolder(path));

    public IScratchFile CreateScratch(string folder, long length) => Seen(inner.CreateScratch(folder, length));

    public void Dispose()
    {
        _open.Dispose();
        _arrived.Dispose();
    }

    private void Run(Action call)
    {
        call();
        Seen(true);
    }

    private T Seen<T>(T result)
    {
        IsPoolThreadUsed |= Thread.CurrentThread.IsThreadPoolThread;
        return result;
    }

    private void Wait()
    {
        Interlocked.Increment(ref _flushes);
        Seen(true);
        _arrived.Release();
        _open.Wait();
    }

    private sealed class StalledFile(StalledStorage storage, IStoredFile file) : IStoredFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => storage.Seen(file.Read(buffer, offset));

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            file.Write(bytes, offset);
            storage.Seen(true);
        }

        public void SetLength(long length) => file.SetLength(length);

        public void Flush()
        {
            storage.Wait();
            file.Flush();
        }

        public void Dispose() => file.Dispose();
    }
}
