using System.Data.Common;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Tests.Models;

/// <summary>A store whose reads and writes a test holds back, counts and fails; what passes goes to a real one.</summary>
internal sealed class HeldStore(IModelStore inner) : IModelStore, IDisposable
{
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly SemaphoreSlim _arrived = new(0);
    private int _loads;

    /// <summary>Versions read so far.</summary>
    public int Loads => Volatile.Read(ref _loads);

    /// <summary>What the next reads end with.</summary>
    public Exception? Failure { get; set; }

    public void Hold() => _open.Reset();

    public void Release() => _open.Set();

    /// <summary>Ends when a read or a write has arrived.</summary>
    public async Task ArrivedAsync() =>
        Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

    public void Save(string model, long number, TopicModel content, CancellationToken cancellationToken)
    {
        Pass(cancellationToken);
        inner.Save(model, number, content, cancellationToken);
    }

    public NativeModel Load(string model, long number, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        Pass(cancellationToken);
        return Failure is null ? inner.Load(model, number, cancellationToken) : throw Failure;
    }

    public void Delete(string model, long number) => inner.Delete(model, number);

    public void ResolveStrays(Func<string, long, bool> isKnown) => inner.ResolveStrays(isKnown);

    public Task<NativeModel> ReplaceAsync(string model, long number, TopicModel content, CancellationToken cancellationToken) =>
        inner.ReplaceAsync(model, number, content, cancellationToken);

    public void CompleteReplacement(string model, long number) => inner.CompleteReplacement(model, number);

    public Task OpenAsync(IReadOnlyCollection<(string ModelId, long Number)> versions, CancellationToken cancellationToken) =>
        inner.OpenAsync(versions, cancellationToken);

    public Task<IVersionFiles> AcquireFilesAsync(string model, long number, bool waits, CancellationToken cancellationToken) =>
        inner.AcquireFilesAsync(model, number, waits, cancellationToken);

    public Task ShareAsync(string model, long number, CancellationToken cancellationToken) =>
        inner.ShareAsync(model, number, cancellationToken);

    public void RecordAdded(DbConnection connection, string model, long number) => inner.RecordAdded(connection, model, number);

    public void RecordRemoved(DbConnection connection, string model, long number) => inner.RecordRemoved(connection, model, number);

    public long Verify(string model, long number, Action<string> report, CancellationToken cancellationToken) =>
        inner.Verify(model, number, report, cancellationToken);

    public bool Exists(string model, long number) => inner.Exists(model, number);

    public void Dispose()
    {
        _open.Dispose();
        _arrived.Dispose();
    }

    private void Pass(CancellationToken cancellationToken)
    {
        if (!_open.IsSet)
        {
            _arrived.Release();
        }

        _open.Wait(cancellationToken);
    }
}
