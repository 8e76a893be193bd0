namespace TopicGrpc.Client.Configuration;

/// <summary>When and how often a failed call is tried again. Only methods that the contract marks as free of side effects or idempotent are.</summary>
public sealed class RetryOptions
{
    /// <summary>Whether calls are retried and streams resumed at all. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Attempts after the first one. 0 to 20. Default 3.</summary>
    public int MaxRetries { get; set; } = 3;

    /// <summary>Upper end of the first pause; every further one doubles it. The pause is drawn between 0 and that end. Above 0. Default 100 ms.</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest upper end. At least <see cref="BaseDelay"/>. A longer pause that the server asks for is kept. Default 2 s.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Tokens of the retry budget: a failure takes one, a success gives back a tenth, and only with more than half of them left is a call retried,
    /// so that a struggling server does not get several times its load. 0: no budget. Default 10.
    /// </summary>
    public int BudgetTokens { get; set; } = 10;

    /// <summary>How long a stream (ingest, watch) goes on reconnecting without any progress. Above 0. Default 2 minutes, enough for a restart of the server.</summary>
    public TimeSpan ReconnectTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
