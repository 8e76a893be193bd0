namespace TopicGrpc.Client.Configuration;

/// <summary>Retry options. The client retries only methods that the contract marks as idempotent or without side effects.</summary>
public sealed class RetryOptions
{
    /// <summary>Whether calls are retried and streams resumed. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Most retries of a call, 0 to 20. Default 3.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>
    /// Upper bound of the first delay, above 0; doubles with every retry. The delay is uniform between 0 and the bound. Default 100 ms.
    /// </summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Largest upper bound, at least <see cref="BaseDelay"/>. A longer delay requested by the server is respected. Default 2 s.
    /// </summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Tokens of the retry budget; 0 for no budget. A failure takes a token, a success returns a tenth, and calls are retried only with
    /// more than half of the tokens left, which protects an overloaded server. Retries that another server of a cluster can answer take no
    /// token. Default 10.
    /// </summary>
    public int BudgetTokens { get; set; } = 10;

    /// <summary>Time limit for reconnecting a stream without progress, above 0. Default 2 minutes.</summary>
    public TimeSpan ReconnectTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
