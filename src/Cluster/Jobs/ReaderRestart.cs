using System.Data.Common;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>Starts the jobs of all members again that may have read documents which were erased.</summary>
/// <param name="database">Database of the claims.</param>
/// <param name="resources">What jobs have stored, which may come from erased documents.</param>
/// <param name="clock">Clock of the delays.</param>
/// <param name="stopping">Ends the wait.</param>
internal sealed class ReaderRestart(
    MetadataDatabase database, IReadOnlyCollection<IJobResources> resources, TimeProvider clock, CancellationToken stopping)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Asks the members that run readers of a corpus to start them again, and waits until none of these runs continues. A database that is
    /// away is awaited: a run that is not known to have ended may still read the documents.
    /// </summary>
    public async Task RunAsync(string corpusId)
    {
        Dictionary<string, long> asked = await RetryAsync(() => AskAsync(corpusId));
        string[] ids = [.. asked.Keys];
        while (await RetryAsync(() => database.ReadAsync(
            connection => ClaimTable.Read(connection, ids).Exists(claim => claim.IsHeld && claim.Epoch == asked[claim.FitId]), stopping)))
        {
            await Task.Delay(Poll, clock, stopping);
        }

        await RetryAsync(() => ReleaseAsync(corpusId));
    }

    /// <summary>Releases what runs that have ended stored, also those of jobs that wait for another member.</summary>
    private Task<bool> ReleaseAsync(string corpusId) => database.WriteAsync(
        connection =>
        {
            foreach (string fitId in ReadersOf(connection, corpusId))
            {
                foreach (IJobResources owner in resources)
                {
                    owner.Release(connection, fitId);
                }
            }

            return true;
        },
        stopping);

    /// <returns>Epochs of the claims by id of the job.</returns>
    private Task<Dictionary<string, long>> AskAsync(string corpusId) => database.WriteAsync(
        connection =>
        {
            HashSet<string> readers = ReadersOf(connection, corpusId);
            JobClaim[] running = [.. ClaimTable.ReadAll(connection).Where(claim => claim.IsHeld && readers.Contains(claim.FitId))];
            foreach (JobClaim claim in running)
            {
                ClaimTable.Restart(connection, claim.FitId);
            }

            return running.ToDictionary(static claim => claim.FitId, static claim => claim.Epoch, StringComparer.Ordinal);
        },
        stopping);

    private static HashSet<string> ReadersOf(DbConnection connection, string corpusId) =>
    [
        .. FitTable.ListUnfinished(connection).Where(row => row.State.MayRead(corpusId)).Select(static row => row.State.Id),
    ];

    private async Task<T> RetryAsync<T>(Func<Task<T>> work)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (ServiceException failure) when (StorageErrors.IsStorageFailure(failure))
            {
                await Task.Delay(Poll, clock, stopping);
            }
        }
    }
}
