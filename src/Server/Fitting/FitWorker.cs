using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Scheduling;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Runs fits and derivations one after another. A shutdown interrupts the running one at once, so that running calls get all cores. The
/// next start runs it again.
/// </summary>
internal sealed class FitWorker(
    FitStore fits,
    FitRunner runner,
    DerivationRunner derivations,
    BackgroundScheduler background,
    FitMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<FitWorker> logger) : BackgroundService
{
    private const int ThreadReserve = 4;

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
                while (!stop.IsCancellationRequested && fits.TryBegin() is { } job)
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

    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "A failure of one fit must not stop the worker.")]
    private async Task RunAsync(FitJob job, CancellationToken stoppingToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(job.Cancelled, stoppingToken);
        Log.FitBegun(logger, job.Id, job.Attempts);
        try
        {
            ModelVersion version = await background.RunAsync(
                () => job.State.IsDerivation ? derivations.RunAsync(job, cancel.Token) : runner.RunAsync(job, cancel.Token), cancel.Token);
            fits.End(job, state => state with { Status = FitStatus.Succeeded, ModelVersion = version.Name }, version.Report);
            metrics.Succeeded(version.Report);
            Log.FitSucceeded(logger, job.Id, version.Name, version.TopicCount);
        }
        catch (OperationCanceledException) when (job.Cancelled.IsCancellationRequested)
        {
            fits.End(job, static state => state with { Status = FitStatus.Cancelled });
            metrics.Ended("cancelled");
            Log.FitCancelled(logger, job.Id);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            fits.Interrupt(job);
            metrics.Ended("interrupted");
            Log.FitInterrupted(logger, job.Id);
            throw;
        }
        catch (Exception exception)
        {
            ServiceException error = Explain(exception);
            metrics.Ended("failed");
            Log.FitFailed(logger, exception, job.Id, error.Reason);
            fits.End(job, state => state with { Status = FitStatus.Failed, Error = StatusMapping.ToProto(error) });
        }
    }

    private static ServiceException Explain(Exception exception) => exception switch
    {
        ServiceException known => known,
        ArgumentException argument => new ServiceException(
            StatusCode.InvalidArgument, ErrorReasons.InvalidField, argument.Message, argument),
        IOException io => new ServiceException(
            StatusCode.Unavailable, ErrorReasons.Internal, "The version could not be written. The log of the server has the cause.", io),
        _ => new ServiceException(
            StatusCode.Internal, ErrorReasons.Internal, "Internal error. The log of the server has the details.", exception),
    };
}
