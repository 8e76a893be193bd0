using System.Data.Common;
using Microsoft.Extensions.Logging;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Checkpoints;

/// <summary>
/// The checkpoints of one run of a fit. A transfer takes at most as long as the stage that it saves, at least 30 s. Its failure costs the
/// stage and not the fit. Not thread-safe; a fit runs one stage after another.
/// </summary>
/// <param name="job">The running fit.</param>
/// <param name="inputs">What the results depend on; hashed when the first result is read or stored.</param>
/// <param name="stored">Results that earlier runs have stored.</param>
/// <param name="objects">The object store.</param>
/// <param name="commit">Stores the row of a result.</param>
/// <param name="least">Shortest time of a stage whose result is stored.</param>
/// <param name="clock">Clock of the limits.</param>
/// <param name="logger">Log.</param>
internal sealed class RunCheckpoints(
    FitJob job,
    FitInputs inputs,
    IReadOnlyCollection<StoredStage> stored,
    StageObjects objects,
    Func<FitJob, StoredStage, CancellationToken, Task> commit,
    TimeSpan least,
    TimeProvider clock,
    ILogger logger) : IStageCheckpoints
{
    /// <summary>Limit of a transfer for a stage that takes less.</summary>
    private static readonly TimeSpan LeastLimit = TimeSpan.FromSeconds(30);

    private string? _hash;

    /// <inheritdoc/>
    public bool TryRead(FitStage stage, Action<Stream> read, CancellationToken cancellationToken)
    {
        if (stored.FirstOrDefault(row => row.Stage == stage) is not { } found || found.Inputs != Hash(cancellationToken))
        {
            return false;
        }

        bool isRead = Try(
            found.Duration,
            token => objects.ReadAsync(found.Reference, read, token),
            failure => Log.NotRead(logger, failure, job.Id, stage),
            cancellationToken);
        if (isRead)
        {
            Log.Continued(logger, job.Id, stage);
        }

        return isRead;
    }

    /// <inheritdoc/>
    public void Store(FitStage stage, TimeSpan duration, Action<Stream> write, CancellationToken cancellationToken)
    {
        if (duration < least)
        {
            return;
        }

        string hash = Hash(cancellationToken);
        bool isStored = Try(
            duration,
            token => StoreAsync(stage, hash, duration, write, token),
            failure => Log.NotStored(logger, failure, job.Id, stage),
            cancellationToken);
        if (isStored)
        {
            Log.Stored(logger, job.Id, stage);
        }
    }

    private string Hash(CancellationToken cancellationToken) => _hash ??= inputs.Hash(cancellationToken);

    private async Task StoreAsync(
        FitStage stage, string hash, TimeSpan duration, Action<Stream> write, CancellationToken cancellationToken)
    {
        (string publication, ArtifactReference reference) = await objects.UploadAsync(write, cancellationToken);
        try
        {
            await commit(job, new StoredStage(stage, hash, duration, publication, reference), cancellationToken);
        }
        catch
        {
            // Without effect if the commit took effect.
            await objects.AbandonAsync(publication);
            throw;
        }
    }

    private bool Try(
        TimeSpan stageTime, Func<CancellationToken, Task> transfer, Action<Exception> failed, CancellationToken cancellationToken)
    {
        TimeSpan most = stageTime > LeastLimit ? stageTime : LeastLimit;
        using CancellationTokenSource limit = new(most, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            // On the pool: this thread waits, and it belongs to a scheduler whose work must not wait for work of its own.
            Task.Run(() => transfer(either.Token), cancellationToken).GetAwaiter().GetResult();
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            failed(new TimeoutException(FormattableString.Invariant(
                $"The transfer took {most.TotalSeconds} s, the longer of 30 s and the time of the stage.")));
            return false;
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException or DbException
            or PublicationEndedException || StorageErrors.IsStorageFailure(failure))
        {
            failed(failure);
            return false;
        }
    }
}
