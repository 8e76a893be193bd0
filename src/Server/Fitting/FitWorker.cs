using System.Diagnostics.CodeAnalysis;
using Grpc.Core;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Scheduling;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Runs fits and derivations one after another. One that a stop of the server interrupts is begun again at the next start, and
/// stops as soon as the server is told to: the calls at work have the cores to themselves then.
/// </summary>
internal sealed class FitWorker(FitStore fits, FitRunner runner, DerivationRunner derivations, BackgroundScheduler background, FitMetrics metrics, IHostApplicationLifetime lifetime, ILogger<FitWorker> logger) : BackgroundService
{
    private const int ThreadReserve = 4;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the server listens: a call must see the fits that wait.
        fits.Resume();

        // The stages' parallel loops take pool threads for minutes. The pool starts with one per core and adds others slowly,
        // so without a reserve calls would wait for a thread while a fit runs.
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
            // Told to stop, maybe before the host stops its services.
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever ends one fit must not end the next.")]
    private async Task RunAsync(FitJob job, CancellationToken stoppingToken)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(job.Cancelled, stoppingToken);
        Log.FitBegun(logger, job.Id, job.Attempts);
        try
        {
            ModelVersion version = await background.RunAsync(() => job.State.IsDerivation ? derivations.RunAsync(job, cancel.Token) : runner.RunAsync(job, cancel.Token), cancel.Token);
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
        ServiceException refusal => refusal,
        ArgumentException argument => new ServiceException(StatusCode.InvalidArgument, ErrorReasons.InvalidField, argument.Message, argument),
        IOException io => new ServiceException(StatusCode.Unavailable, ErrorReasons.Internal, "The version could not be written; the server's log says why.", io),
        _ => new ServiceException(StatusCode.Internal, ErrorReasons.Internal, "A defect of the server; its log holds more.", exception),
    };
}
