using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Scheduling;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using FitReport = TopicGrpc.V1.FitReport;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Runs fits and derivations one after another; callers take turns. A shutdown interrupts the running one at once, so that running calls
/// get all cores. The next start runs it again. While the disk is full, fits wait; no failure of the storage stops the worker, and none
/// stops the server.
/// </summary>
internal sealed class FitWorker(
    FitStore fits,
    FitRunner runner,
    DerivationRunner derivations,
    AssignmentRunner assignments,
    BackgroundScheduler background,
    ModelRegistry models,
    IChangeFeed feed,
    DiskSpace space,
    FitMetrics metrics,
    IOptions<FitOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<FitWorker> logger) : BackgroundService
{
    private const int ThreadReserve = 4;

    private readonly StorageRetry _retry = new(clock);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the server listens: calls must see the queued fits.
        fits.Resume();

        // Parallel loops of a fit occupy pool threads for minutes. The pool starts with one thread per core and adds others slowly, so
        // calls would wait for a thread without a reserve.
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount * ThreadReserve), completions);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await fits.WaitAsync(stop.Token);
                while (!stop.IsCancellationRequested && await BeginAsync(stop.Token) is { } job)
                {
                    await RunAsync(job, stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The shutdown may begin before the host stops its services.
        }
    }

    /// <summary>Starts the next fit; waits while the storage cannot take one.</summary>
    private Task<FitJob?> BeginAsync(CancellationToken stoppingToken) => _retry.RunAsync(
        () => fits.RunAsync(
            store =>
            {
                if (!store.EndUnrunnable())
                {
                    return null;
                }

                space.Require(0);
                return store.TryBegin();
            },
            stoppingToken),
        (exception, delay) => Log.FitsWait(logger, exception.Message, delay.TotalSeconds),
        stoppingToken);

    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "A failure of one fit must not stop the worker.")]
    private async Task RunAsync(FitJob job, CancellationToken stoppingToken)
    {
        job.BeginRun();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource([job.Cancelled, job.Restarted, job.Lost, stoppingToken]);
        CallerScope.EnterBackground(job.Caller);
        Log.FitBegun(logger, job.Id, job.Attempts);
        using FitTrace trace = new(job);
        job.Spans = trace;
        try
        {
            // Another member may have created the corpus or the parent version, or published the version of this fit.
            await feed.CatchUpAsync(ChangeKinds.Corpus, cancel.Token);
            await feed.CatchUpAsync(ChangeKinds.Model, cancel.Token);
            if (job.State.IsAssignment)
            {
                await background.RunAsync(() => assignments.RunAsync(job, cancel.Token), cancel.Token);
                if (await EndAsync(job, static state => state with { Status = FitStatus.Succeeded }, report: null, stoppingToken))
                {
                    metrics.Ended("succeeded");
                    Log.Assigned(logger, job.Id, job.State.DocumentCount, job.State.CorpusId, job.State.ParentVersion);
                }

                return;
            }

            ModelVersion version = await FindPublishedAsync(job, cancel.Token) ?? await background.RunAsync(
                () => job.State.IsDerivation ? derivations.RunAsync(job, cancel.Token) : runner.RunAsync(job, cancel.Token), cancel.Token);
            if (await EndAsync(
                job,
                state => state with { Status = FitStatus.Succeeded, ModelVersion = version.Name },
                version.Report,
                stoppingToken))
            {
                metrics.Succeeded(version.Report);
                Log.FitSucceeded(logger, job.Id, version.Name, version.TopicCount);
            }
        }
        catch (Exception) when (job.Lost.IsCancellationRequested)
        {
            Moved(job);
        }
        catch (ClaimLostException)
        {
            await fits.RunAsync(store => store.Lose(job), CancellationToken.None);
            Moved(job);
        }
        catch (OperationCanceledException) when (job.Cancelled.IsCancellationRequested)
        {
            if (await EndAsync(job, static state => state with { Status = FitStatus.Cancelled }, report: null, stoppingToken))
            {
                metrics.Ended("cancelled");
                Log.FitCancelled(logger, job.Id);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await InterruptAsync(job);
            metrics.Ended("interrupted");
            Log.FitInterrupted(logger, job.Id);
            throw;
        }
        catch (OperationCanceledException) when (job.Restarted.IsCancellationRequested)
        {
            await fits.RunAsync(store => store.Requeue(job, countsAttempt: false), CancellationToken.None);
            metrics.Ended("restarted");
            Log.FitRestarted(logger, job.Id);
        }
        catch (Exception exception) when (MustWait(job, exception))
        {
            bool countsAttempt = !StorageErrors.IsFull(exception);
            await fits.RunAsync(store => store.Requeue(job, countsAttempt), CancellationToken.None);
            metrics.Ended("postponed");
            TimeSpan delay = _retry.NextDelay();
            Log.FitPostponed(logger, exception, job.Id, delay.TotalSeconds);
            await Task.Delay(delay, clock, stoppingToken);
        }
        catch (Exception exception)
        {
            ServiceException error = Explain(exception);
            trace.Failed(error.Reason);
            metrics.Ended("failed");
            Log.FitFailed(logger, exception, job.Id, error.Reason);
            await EndAsync(
                job,
                state => state with { Status = FitStatus.Failed, Error = StatusMapping.ToProto(error) },
                report: null,
                stoppingToken);
        }
        finally
        {
            job.EndRun();
        }
    }

    /// <summary>Returns whether a fit waits for the storage. A full disk may stay full; other failures use up attempts.</summary>
    private bool MustWait(FitJob job, Exception exception) => StorageErrors.IsFull(exception)
        || (StorageErrors.IsStorageFailure(exception) && job.Attempts < options.Value.MaxAttempts);

    /// <summary>Ends a fit; retries until the end is stored or the server stops.</summary>
    /// <returns>False if another server has taken over the fit; the end has no effect then.</returns>
    private async Task<bool> EndAsync(FitJob job, Func<FitState, FitState> change, FitReport? report, CancellationToken stoppingToken)
    {
        await _retry.RunAsync(
            () => fits.RunAsync(store => store.End(job, change, report), stoppingToken),
            (exception, delay) => Log.EndWaits(logger, exception, job.Id, delay.TotalSeconds),
            stoppingToken);
        _retry.Reset();
        if (job.Lost.IsCancellationRequested)
        {
            Moved(job);
            return false;
        }

        return true;
    }

    private void Moved(FitJob job)
    {
        metrics.Ended("moved");
        Log.FitMoved(logger, job.Id, job.Epoch);
    }

    /// <summary>Finds the version of a fit that was published before its end was stored.</summary>
    private async Task<ModelVersion?> FindPublishedAsync(FitJob job, CancellationToken cancellationToken)
    {
        string fit = ResourceNames.Fit(job.Id);
        ModelVersion? found = models.Current.Models.GetValueOrDefault(job.State.ModelId)?.Versions.Values
            .Select(static entry => entry.Record)
            .FirstOrDefault(record => record.Fit == fit);
        if (found is null)
        {
            return null;
        }

        found = found.Clone();
        found.Report = (await models.ReadContentAsync(job.State.ModelId, found.VersionNumber, cancellationToken)).Report;
        return found;
    }

    private async Task InterruptAsync(FitJob job)
    {
        try
        {
            await fits.RunAsync(store => store.Interrupt(job), CancellationToken.None);
        }
        catch (ServiceException exception) when (StorageErrors.IsStorageFailure(exception))
        {
            // The attempt counts, and the next start runs the fit again.
        }
    }

    private static ServiceException Explain(Exception exception) => exception switch
    {
        ServiceException known => known,
        ArgumentException argument => new ServiceException(
            StatusCode.InvalidArgument, ErrorReasons.InvalidField, ArgumentText.Of(argument), argument),
        _ when StorageErrors.Classify(exception) != StorageError.None => Fault.StorageUnavailable("The version", exception),
        _ => new ServiceException(
            StatusCode.Internal, ErrorReasons.Internal, "Internal error. The log of the server has the details.", exception),
    };
}
