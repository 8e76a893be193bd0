using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>
/// The order in which members claim jobs. A caller with fewer running jobs comes first; then the caller whose last job started longest ago;
/// then the oldest job. The order is fair and not exact: two members that claim at the same time may both start a job of one caller.
/// </summary>
internal static class JobOrder
{
    /// <summary>Returns the jobs that no live member runs, in the order in which they are claimed.</summary>
    /// <param name="rows">Unfinished jobs, oldest first.</param>
    /// <param name="claims">Their claims.</param>
    /// <param name="lastStarts">By caller, when its last job started.</param>
    /// <param name="isRunning">Returns whether a claim of this member is of a job that runs here.</param>
    public static IReadOnlyList<WaitingJob> Of(
        IReadOnlyList<FitRow> rows,
        IReadOnlyList<JobClaim> claims,
        IReadOnlyDictionary<string, long> lastStarts,
        Func<JobClaim, bool> isRunning)
    {
        var byFit = claims.ToDictionary(static claim => claim.FitId, StringComparer.Ordinal);
        List<WaitingJob> waiting = [];
        Dictionary<string, int> running = new(StringComparer.Ordinal);
        foreach (FitRow row in rows)
        {
            if (!byFit.TryGetValue(row.State.Id, out JobClaim? claim))
            {
                // It ended between the two reads.
                continue;
            }

            if (isRunning(claim))
            {
                running[row.State.CreatedBy] = running.GetValueOrDefault(row.State.CreatedBy) + 1;
            }
            else
            {
                waiting.Add(new WaitingJob(row, claim));
            }
        }

        return
        [
            .. waiting
                .OrderBy(job => running.GetValueOrDefault(job.Row.State.CreatedBy))
                .ThenBy(job => lastStarts.GetValueOrDefault(job.Row.State.CreatedBy))
                .ThenBy(static job => job.Row.Ordinal),
        ];
    }
}
