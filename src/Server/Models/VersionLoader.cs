using System.Diagnostics.CodeAnalysis;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>
/// The slow half of every change: versions to disk and back, with their checks. One version is read at a time, so that
/// loading many at once takes no more from the calls than loading one.
/// </summary>
internal sealed class VersionLoader(IModelStore store, IEmbedder embedder, ModelMetrics metrics, TimeProvider clock, ILogger<VersionLoader> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Writes a version, and reads back and checks what was written; when that fails, nothing of it stays on disk.</summary>
    public async Task<VersionHandle> StoreAsync(string model, ModelVersion record, TopicModel content, CancellationToken cancellationToken)
    {
        store.Save(model, record.VersionNumber, content, cancellationToken);
        try
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                return Handle(model, record, store.Load(model, record.VersionNumber, cancellationToken));
            }
            finally
            {
                _turn.Release();
            }
        }
        catch
        {
            store.Delete(model, record.VersionNumber);
            throw;
        }
    }

    /// <summary>Reads and checks a version. One that cannot serve comes back with its reason.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever reading a version ends with, it must not stay loading for ever.")]
    public async Task<VersionEntry> LoadAsync(string model, VersionEntry entry, CancellationToken cancellationToken)
    {
        long number = entry.Record.VersionNumber;
        entry = entry with { Loading = null };
        if (entry.Record.EncoderSha256 != embedder.Info.Sha256)
        {
            Log.OtherEncoder(logger, entry.Record.Name, entry.Record.EncoderSha256, embedder.Info.Sha256);
            return entry with { Error = Fault.IncompatibleModel(ResourceNames.Model(model), number, entry.Record.EncoderSha256, embedder.Info.Sha256) };
        }

        long started = clock.GetTimestamp();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            MappedModel content = store.Load(model, number, cancellationToken);
            TimeSpan duration = clock.GetElapsedTime(started);
            metrics.Loaded(duration, isReady: true);
            Log.Loaded(logger, entry.Record.Name, duration.TotalMilliseconds);
            return entry with { Handle = Handle(model, entry.Record, content), LoadDuration = duration };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            metrics.Loaded(clock.GetElapsedTime(started), isReady: false);
            Log.LoadFailed(logger, exception, entry.Record.Name);
            return entry with { Error = Fault.VersionNotLoaded(ResourceNames.Model(model), number, "failed", exception.Message) };
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private VersionHandle Handle(string model, ModelVersion record, MappedModel content) =>
        new(model, record.VersionNumber, record.Fit.Length == 0 ? null : RequestNames.ParseFit(record.Fit, "fit"), content, clock);
}
