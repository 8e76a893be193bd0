using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Fits;

/// <summary>A fit on the server. It needs nothing but its name, so another process can take it up with <see cref="FitsClient.Attach"/>.</summary>
public sealed class FitHandle
{
    private readonly FitsClient _fits;

    /// <summary>Creates the operation; for fakes of <see cref="FitsClient"/>.</summary>
    /// <param name="fits">Client that does the calls.</param>
    /// <param name="name">Id of the fit.</param>
    public FitHandle(FitsClient fits, string name)
    {
        ArgumentNullException.ThrowIfNull(fits);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _fits = fits;
        Name = name;
    }

    /// <summary>Id of the fit.</summary>
    public string Name { get; }

    /// <summary>Returns the fit as it is now, with its settings or operation and, after success, its report.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The fit.</returns>
    public Task<FitInfo> GetAsync(CancellationToken cancellationToken = default) => _fits.GetAsync(Name, cancellationToken);

    /// <summary>Streams its events until it has ended.</summary>
    /// <param name="afterSequence">Only events behind this one.</param>
    /// <param name="cancellationToken">Stops watching, not the fit.</param>
    /// <returns>Events.</returns>
    public IAsyncEnumerable<FitEvent> WatchAsync(long afterSequence = 0, CancellationToken cancellationToken = default) =>
        _fits.WatchAsync(Name, afterSequence, cancellationToken);

    /// <summary>Asks it to stop.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The fit, stopping or ended.</returns>
    public Task<FitInfo> CancelAsync(CancellationToken cancellationToken = default) => _fits.CancelAsync(Name, cancellationToken);

    /// <summary>Waits until it has ended.</summary>
    /// <param name="progress">Told at every event.</param>
    /// <param name="cancellationToken">Stops waiting, not the fit; <see cref="CancelAsync"/> does that.</param>
    /// <returns>The version made and the report.</returns>
    /// <exception cref="FitFailedException">It ended without a version.</exception>
    public async Task<FitResult> WaitAsync(IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await foreach (FitEvent change in WatchAsync(0, cancellationToken).ConfigureAwait(false))
        {
            progress?.Report(change.Fit.Progress);
        }

        // Events carry the state alone. The report is read from the fit: unlike the version, nobody can delete it meanwhile.
        FitInfo fit = await GetAsync(cancellationToken).ConfigureAwait(false);
        return fit is { State: FitState.Succeeded, Version: { } version }
            ? new FitResult(fit.Name, fit.Model, version, fit.Report ?? new FitReport())
            : throw Failure(fit);
    }

    private static FitFailedException Failure(FitInfo fit)
    {
        ErrorDetails details = fit.Error ?? new ErrorDetails { Status = fit.State == FitState.Cancelled ? TopicGrpcStatus.Cancelled : TopicGrpcStatus.Unknown };
        string cause = fit.ErrorMessage.Length > 0 ? $": {fit.ErrorMessage}" : ".";
        return new FitFailedException($"Fit {fit.Name} ended as {fit.State}{cause}", details, fit);
    }
}
