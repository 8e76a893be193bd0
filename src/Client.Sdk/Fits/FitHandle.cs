using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Fits;

/// <summary>
/// A handle of a fit or a derivation on the server. Its name is sufficient to attach from another process with
/// <see cref="FitsClient.Attach"/>.
/// </summary>
public sealed class FitHandle
{
    private readonly FitsClient _fits;

    /// <summary>Creates a handle; for fakes of <see cref="FitsClient"/>.</summary>
    /// <param name="fits">Client that sends the calls.</param>
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

    /// <summary>Streams the events of the fit until it ends.</summary>
    /// <param name="afterSequence">Only events after this one.</param>
    /// <param name="cancellationToken">Stops the watch, not the fit.</param>
    /// <returns>Events.</returns>
    public IAsyncEnumerable<FitEvent> WatchAsync(long afterSequence = 0, CancellationToken cancellationToken = default) =>
        _fits.WatchAsync(Name, afterSequence, cancellationToken);

    /// <summary>Requests cancellation of the fit.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The fit, canceling or ended.</returns>
    public Task<FitInfo> CancelAsync(CancellationToken cancellationToken = default) => _fits.CancelAsync(Name, cancellationToken);

    /// <summary>Waits until the fit ends.</summary>
    /// <param name="progress">Receives the progress at every event.</param>
    /// <param name="cancellationToken">Stops the wait, not the fit; see <see cref="CancelAsync"/>.</param>
    /// <returns>The new version and the report.</returns>
    /// <exception cref="FitFailedException">The fit ended without a version.</exception>
    public async Task<FitResult> WaitAsync(IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await foreach (FitEvent change in WatchAsync(0, cancellationToken).ConfigureAwait(false))
        {
            progress?.Report(change.Fit.Progress);
        }

        // Events contain only the state. The report is read from the fit, which, unlike the version, cannot be deleted.
        FitInfo fit = await GetAsync(cancellationToken).ConfigureAwait(false);
        return fit is { State: FitState.Succeeded, Version: { } version }
            ? new FitResult(fit.Name, fit.Model, version, fit.Report ?? new FitReport())
            : throw Failure(fit);
    }

    private static FitFailedException Failure(FitInfo fit)
    {
        ErrorDetails details = fit.Error
            ?? new ErrorDetails { Status = fit.State == FitState.Cancelled ? TopicGrpcStatus.Cancelled : TopicGrpcStatus.Unknown };
        string cause = fit.ErrorMessage.Length > 0 ? $": {fit.ErrorMessage}" : ".";
        return new FitFailedException($"Fit {fit.Name} ended as {fit.State}{cause}", details, fit);
    }
}
