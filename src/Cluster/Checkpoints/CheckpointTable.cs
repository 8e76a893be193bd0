using System.Data.Common;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Jobs;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Checkpoints;

/// <summary>
/// The table <c>job_checkpoints</c>: the results of stages of unfinished fits. A row and the references of its objects in the ledger change
/// in one transaction.
/// </summary>
/// <param name="clock">Clock of the ledger.</param>
internal sealed class CheckpointTable(TimeProvider clock) : IJobResources
{
    /// <summary>Reads the rows of a fit.</summary>
    public static List<StoredStage> List(DbConnection connection, string fitId) => connection.Query(
        $"SELECT stage, inputs, seconds, publication, {ReferenceColumns.Names} FROM job_checkpoints WHERE fit = @fit",
        static row => new StoredStage(
            (FitStage)row.GetInt64(0),
            row.GetString(1),
            TimeSpan.FromSeconds(row.GetDouble(2)),
            row.GetString(3),
            ReferenceColumns.Read(row, 4)),
        ("@fit", fitId));

    /// <summary>
    /// Adds the result of a stage, if the member still runs the fit. Replaces an earlier one of the stage, and removes results of the fit
    /// for other inputs, as well as those of fits that a member of an earlier release has ended.
    /// </summary>
    /// <exception cref="ClaimLostException">Another member has taken over the fit.</exception>
    /// <exception cref="IOException">The publication took too long and was given up.</exception>
    public void Add(DbConnection connection, FitJob job, StoredStage stage)
    {
        ClaimTable.RequireCurrent(connection, job.Id, job.Epoch);
        Release(connection, connection.Query(
            """
            DELETE FROM job_checkpoints
            WHERE (fit = @fit AND (stage = @stage OR inputs <> @inputs))
               OR NOT EXISTS (SELECT 1 FROM job_claims WHERE job_claims.fit = job_checkpoints.fit)
            RETURNING publication
            """,
            static row => row.GetString(0),
            ("@fit", job.Id),
            ("@stage", (long)stage.Stage),
            ("@inputs", stage.Inputs)));
        if (!Wait(LedgerStatements.CommitAsync(Ledger(connection), stage.Publication, stage.Owner)))
        {
            throw new IOException("The publication of the result took too long and was given up.");
        }

        connection.Execute(
            $"""
            INSERT INTO job_checkpoints (fit, stage, inputs, seconds, publication, {ReferenceColumns.Names})
            VALUES (@fit, @stage, @inputs, @seconds, @publication, {ReferenceColumns.Parameters})
            """,
            [
                ("@fit", job.Id),
                ("@stage", (long)stage.Stage),
                ("@inputs", stage.Inputs),
                ("@seconds", stage.Duration.TotalSeconds),
                ("@publication", stage.Publication),
                .. ReferenceColumns.Values(stage.Reference),
            ]);
    }

    /// <inheritdoc/>
    public void Release(DbConnection connection, string fitId) => Release(connection, connection.Query(
        "DELETE FROM job_checkpoints WHERE fit = @fit RETURNING publication",
        static row => row.GetString(0),
        ("@fit", fitId)));

    private static LedgerCommand Ledger(DbConnection connection) => new(connection, transaction: null, CancellationToken.None);

    // Transactions of the metadata run on threads of their own, which may wait.
    private static T Wait<T>(Task<T> statements) => statements.GetAwaiter().GetResult();

    private void Release(DbConnection connection, List<string> publications)
    {
        foreach (string publication in publications)
        {
            Wait(LedgerStatements.ReleaseAsync(
                Ledger(connection), StoredStage.OwnerOf(publication), clock.GetUtcNow(), TimeSpan.Zero));
        }
    }
}
