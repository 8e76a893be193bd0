using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Tests.Artifacts;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// The ledger as one process sees it. Every call is one transaction at one moment; after a lost answer the process calls again, as with a
/// database whose connection was cut.
/// </summary>
internal sealed class SimulatedLedger(MemoryLedger ledger, SimulatedProcess process) : IObjectLedger
{
    public Task BeginAsync(string publication, CancellationToken cancellationToken) =>
        RunAsync(() => Done(ledger.BeginAsync(publication, cancellationToken)), cancellationToken);

    public Task<IReadOnlyList<Reservation>> ReserveAsync(
        string publication, IReadOnlyList<LedgerEntry> entries, CancellationToken cancellationToken) =>
        RunAsync(() => Result(ledger.ReserveAsync(publication, entries, cancellationToken)), cancellationToken);

    public Task<bool> CommitAsync(string publication, string owner, CancellationToken cancellationToken) =>
        RunAsync(() => Result(ledger.CommitAsync(publication, owner, cancellationToken)), cancellationToken);

    public Task AbandonAsync(string publication, CancellationToken cancellationToken) =>
        RunAsync(() => Done(ledger.AbandonAsync(publication, cancellationToken)), cancellationToken);

    public Task<int> AbandonOlderAsync(TimeSpan age, CancellationToken cancellationToken) =>
        RunAsync(() => Result(ledger.AbandonOlderAsync(age, cancellationToken)), cancellationToken);

    public Task ReleaseAsync(string owner, TimeSpan grace, CancellationToken cancellationToken) =>
        RunAsync(() => Done(ledger.ReleaseAsync(owner, grace, cancellationToken)), cancellationToken);

    public Task<IReadOnlyList<string>> CondemnAsync(int limit, CancellationToken cancellationToken) =>
        RunAsync(() => Result(ledger.CondemnAsync(limit, cancellationToken)), cancellationToken);

    public Task ForgetAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        RunAsync(() => Done(ledger.ForgetAsync(keys, cancellationToken)), cancellationToken);

    public Task<IReadOnlyList<string>> FindPendingAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        RunAsync(() => Result(ledger.FindPendingAsync(keys, cancellationToken)), cancellationToken);

    public Task<IReadOnlyList<string>> FindUnknownAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        RunAsync(() => Result(ledger.FindUnknownAsync(keys, cancellationToken)), cancellationToken);

    // The ledger in memory completes every task before it returns it.
    private static T Result<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static bool Done(Task task)
    {
        task.GetAwaiter().GetResult();
        return true;
    }

    private async Task<T> RunAsync<T>(Func<T> transaction, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await process.CallAsync(
                    transaction, static () => new TimeoutException("The database lost the call."), cancellationToken);
            }
            catch (TimeoutException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), process, cancellationToken);
            }
        }
    }
}
