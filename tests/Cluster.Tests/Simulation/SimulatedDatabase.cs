namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>A database as a process sees it: each transaction happens as a whole at one moment; its answer may be lost.</summary>
internal static class SimulatedDatabase
{
    /// <summary>Runs a transaction once.</summary>
    /// <exception cref="TimeoutException">The answer was lost; the transaction may have happened, or may still happen.</exception>
    public static Task<T> TransactAsync<T>(this SimulatedProcess process, Func<T> transaction) => process.CallAsync(
        transaction, static () => new TimeoutException("The database lost the call."), CancellationToken.None);

    /// <summary>Repeats a transaction until its answer arrives.</summary>
    public static async Task<T> RetryAsync<T>(this SimulatedProcess process, Func<T> transaction)
    {
        while (true)
        {
            try
            {
                return await process.TransactAsync(transaction);
            }
            catch (TimeoutException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), process);
            }
        }
    }
}
