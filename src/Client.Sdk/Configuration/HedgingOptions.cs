namespace TopicGrpc.Client.Configuration;

/// <summary>A second copy of a slow <c>Predict</c>, the first answer winning. It shortens the tail where several servers share the load and wastes work where there is one; hence off.</summary>
public sealed class HedgingOptions
{
    /// <summary>Whether to hedge. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Wait before the copy is sent; the 95th percentile of the latency is a good value. Above 0. Default 100 ms.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Largest share of calls that get a copy. Above 0 to 1. Default 0.05.</summary>
    public double MaxShare { get; set; } = 0.05;
}
