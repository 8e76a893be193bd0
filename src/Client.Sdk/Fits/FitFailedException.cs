using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Fits;

/// <summary>A fit ended without a version: it failed or was canceled.</summary>
public sealed class FitFailedException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Human-readable message.</param>
    /// <param name="details">Details of the failure.</param>
    /// <param name="fit">The fit with its final state.</param>
    public FitFailedException(string message, ErrorDetails details, FitInfo fit)
        : base(message, details)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Fit = fit;
    }

    /// <summary>The fit with its final state and, if available, its report.</summary>
    public FitInfo Fit { get; }

    /// <summary>Report of the fit; null if it did not start.</summary>
    public FitReport? Report => Fit.Report;
}
