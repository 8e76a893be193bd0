using TopicGrpc.Client.Errors;

namespace TopicGrpc.Client.Fits;

/// <summary>A fit ended without a version: it failed, or somebody cancelled it.</summary>
public sealed class FitFailedException : TopicGrpcException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Text for people.</param>
    /// <param name="details">What the server said.</param>
    /// <param name="fit">The fit as it ended.</param>
    public FitFailedException(string message, ErrorDetails details, FitInfo fit)
        : base(message, details)
    {
        ArgumentNullException.ThrowIfNull(fit);
        Fit = fit;
    }

    /// <summary>The fit as it ended, with its state and what is known of its report.</summary>
    public FitInfo Fit { get; }

    /// <summary>What the fit had done when it ended; null when it had not begun.</summary>
    public FitReport? Report => Fit.Report;
}
