namespace TopicGrpc.Client.Configuration;

/// <summary>
/// Sends a second copy of a slow <c>Predict</c> and takes the first answer. Shortens the latency tail with several servers; wasteful with
/// one.
/// </summary>
public sealed class HedgingOptions
{
    /// <summary>Whether hedging is enabled. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Delay before the copy is sent, above 0; the 95th percentile of the latency is a good value. Default 100 ms.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Largest share of calls with a copy, above 0 to 1. Default 0.05.</summary>
    public double MaxShare { get; set; } = 0.05;
}
