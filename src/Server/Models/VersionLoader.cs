using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Writes versions to disk, and reads and checks them. It reads one version at a time, so that many loads at once take no more CPU from
/// calls than one load.
/// </summary>
internal sealed class VersionLoader(
    IModelStore store,
    DiskThreads disk,
    IEmbedder embedder,
    ModelMetrics metrics,
    TimeProvider clock,
    ILogger<VersionLoader> logger,
    IErasedDocuments? erased = null) : IDisposable
{
    private readonly SemaphoreSlim _reading = new(1);

    /// <summary>Writes a version, then reads and checks what was written. If that fails, no file of the version stays on disk.</summary>
    public async Task<VersionHandle> StoreAsync(
        string modelId,
        ModelVersion record,
        TopicModel content,
        CancellationToken cancellationToken)
    {
        store.Save(modelId, record.VersionNumber, content, cancellationToken);
        VersionHandle? handle = null;
        try
        {
            handle = CreateHandle(modelId, record, await ReadAsync(modelId, record.VersionNumber, cancellationToken));
            await store.ShareAsync(modelId, record.VersionNumber, cancellationToken);
            return handle;
        }
        catch
        {
            handle?.Retire();
            store.Delete(modelId, record.VersionNumber);
            throw;
        }
    }

    /// <summary>Reads and checks a version.</summary>
    /// <returns>The entry with a handle, or with the error that says why the version cannot serve.</returns>
    /// <exception cref="ServiceException">The disk fails; a later load may succeed.</exception>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Any failure must end the Loading state.")]
    public async Task<VersionEntry> LoadAsync(string modelId, VersionEntry entry, CancellationToken cancellationToken)
    {
        long number = entry.Number;
        entry = entry with { Loading = null };
        string need = entry.Record.EncoderSha256;
        string have = embedder.Info.Sha256;
        if (entry.Record.GivenEmbeddings is null && need != have)
        {
            Log.OtherEncoder(logger, entry.Record.Name, need, have);
            return entry with { Error = Fault.IncompatibleModel(ResourceNames.Model(modelId), number, need, have) };
        }

        long started = clock.GetTimestamp();
        try
        {
            using IVersionFiles files = await store.AcquireFilesAsync(modelId, number, waits: false, cancellationToken);
            NativeModel content = await ReadAsync(modelId, number, cancellationToken);
            TimeSpan duration = clock.GetElapsedTime(started);
            metrics.Loaded(duration, isReady: true);
            Log.Loaded(logger, entry.Record.Name, duration.TotalMilliseconds);
            if (content.Archive.Model.State is { Texts: null, Novelty: null })
            {
                Log.NothingRecognized(logger, entry.Record.Name);
            }

            return entry with { Handle = CreateHandle(modelId, entry.Record, content), LoadDuration = duration };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            metrics.Loaded(clock.GetElapsedTime(started), isReady: false);
            Log.LoadFailed(logger, exception, entry.Record.Name);
            if (IsOfDisk(exception))
            {
                throw Fault.VersionUnavailable(ResourceNames.Version(modelId, number), exception);
            }

            // The messages of the system name paths of the server.
            string cause = exception is IOException or UnauthorizedAccessException ? "a file is missing." : exception.Message;
            return entry with { Error = Fault.VersionNotLoaded(ResourceNames.Model(modelId), number, "failed", cause) };
        }
    }

    /// <summary>Reads a version and, if it has documents to erase, replaces its files by files without them.</summary>
    /// <returns>The version without the documents, checked; null if it has none of them or does not exist.</returns>
    public async Task<NativeModel?> ReplaceAsync(
        string modelId, long number, Func<TopicModel, Task<TopicModel?>> erase, CancellationToken cancellationToken)
    {
        store.CompleteReplacement(modelId, number);
        if (!store.Exists(modelId, number))
        {
            return null;
        }

        using IVersionFiles files = await store.AcquireFilesAsync(modelId, number, waits: false, cancellationToken);
        await _reading.WaitAsync(cancellationToken);
        try
        {
            using NativeModel stored = store.Load(modelId, number, cancellationToken);
            TopicModel? content = await erase(stored.Archive.Model);
            return content is null ? null : await store.ReplaceAsync(modelId, number, content, cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Reads and checks a version whose files were replaced.</summary>
    /// <exception cref="IOException">The disk or the shared storage failed.</exception>
    /// <exception cref="InvalidDataException">The files are damaged.</exception>
    public async Task<NativeModel> ReadAgainAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        using IVersionFiles files = await store.AcquireFilesAsync(modelId, number, waits: false, cancellationToken);
        return await ReadAsync(modelId, number, cancellationToken);
    }

    /// <summary>Returns a handle of a version that was read.</summary>
    public VersionHandle Open(ModelVersion record, NativeModel content) =>
        CreateHandle(RequestNames.ParseVersion(record.Name, "name").Model, record, content);

    /// <summary>
    /// Hides erased documents. Also called after a version has entered the routing table: an erasure between its creation and its entry
    /// does not see it.
    /// </summary>
    public void HideErased(VersionHandle? handle)
    {
        if (handle is not null && erased is not null)
        {
            handle.Change(model => erased.Hide(handle.FitId, model));
        }
    }

    /// <summary>Deletes the files of a version that the database no longer refers to.</summary>
    public Task DeleteAsync(string modelId, long number) =>
        disk.Transfers.RunAsync(() => store.Delete(modelId, number), CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    // Files are acquired before: a slow transfer of one version must not delay the others.
    private async Task<NativeModel> ReadAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return store.Load(modelId, number, cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Returns whether the disk failed; missing or short files are damage, which stays.</summary>
    private static bool IsOfDisk(Exception exception)
    {
        bool isOfDisk = false;
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            if (current is FileNotFoundException or DirectoryNotFoundException or EndOfStreamException or InvalidDataException)
            {
                return false;
            }

            isOfDisk |= current is IOException or UnauthorizedAccessException;
        }

        return isOfDisk;
    }

    private VersionHandle CreateHandle(string modelId, ModelVersion record, NativeModel content)
    {
        string? fitId = record.Fit.Length == 0 ? null : RequestNames.ParseFit(record.Fit, "fit");
        VersionHandle handle = new(modelId, record.VersionNumber, fitId, content, clock);
        HideErased(handle);
        return handle;
    }
}
