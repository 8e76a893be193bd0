namespace TopicGrpc.Client.Calls;

/// <summary>State of one call in the pipeline.</summary>
/// <param name="Method">Method called.</param>
/// <param name="Timeout">Time for all attempts.</param>
/// <param name="AttemptTimeout">Time for one attempt; null for no limit.</param>
/// <param name="Started">Timestamp of the start.</param>
internal sealed record CallState(RpcMethod Method, TimeSpan Timeout, TimeSpan? AttemptTimeout, long Started)
{
    /// <summary>Attempts started.</summary>
    public int Attempts { get; set; }

    /// <summary>Pause that the retry decision chose.</summary>
    public TimeSpan NextDelay { get; set; }
}
