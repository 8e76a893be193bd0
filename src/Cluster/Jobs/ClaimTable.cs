using System.Data.Common;
using Google.Protobuf;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>
/// The table <c>job_claims</c>, with a row for each unfinished job. A claim belongs to a member in one run, and each claim has a higher
/// epoch. A member is alive while its row in <c>members</c> says so: who declares it dead raises the epoch of its lease in the same
/// transaction, so nothing of it takes effect afterwards.
/// </summary>
internal static class ClaimTable
{
    private const string Columns =
        """
        SELECT c.fit, c.member, c.epoch, m.id IS NOT NULL, c.memory, c.is_cancelled, c.is_restarted, c.version, c.sequence, c.stage,
               c.stage_progress, c.documents_per_second, c.document_count, c.estimate_message
        FROM job_claims AS c LEFT JOIN members AS m ON m.id = c.member AND m.epoch = c.member_epoch AND m.state = 1
        """;

    /// <summary>Adds rows for unfinished jobs of a time when the database belonged to one server.</summary>
    public static void AddMissing(DbConnection connection) => connection.Execute(
        """
        INSERT INTO job_claims (fit, sequence, document_count)
        SELECT id, last_sequence, document_count FROM fits WHERE status IN (1, 2, 3)
        ON CONFLICT (fit) DO NOTHING
        """);

    /// <summary>Adds the row of a queued job.</summary>
    public static void Add(DbConnection connection, FitState state, long sequence) => connection.Execute(
        "INSERT INTO job_claims (fit, memory, sequence, estimate_message) VALUES (@fit, @memory, @sequence, @estimate)",
        ("@fit", state.Id),
        ("@memory", state.Estimate?.MemoryBytes ?? 0),
        ("@sequence", sequence),
        ("@estimate", state.Estimate?.ToByteArray()));

    /// <summary>Reads all rows.</summary>
    public static List<JobClaim> ReadAll(DbConnection connection) => connection.Query(Columns, Row);

    /// <summary>Reads the row of a job; null: it has ended.</summary>
    public static JobClaim? Find(DbConnection connection, string fitId) =>
        connection.Query(Columns + " WHERE c.fit = @fit", Row, ("@fit", fitId)).FirstOrDefault();

    /// <summary>Reads the rows of jobs; those that have ended are missing.</summary>
    public static List<JobClaim> Read(DbConnection connection, string[] fitIds) =>
        connection.Query(Columns + " WHERE c.fit = ANY(@fits)", Row, ("@fits", fitIds));

    /// <summary>Claims a job.</summary>
    /// <param name="connection">Connection with the transaction that has read the row.</param>
    /// <param name="claim">The row.</param>
    /// <param name="member">Id of the member.</param>
    /// <param name="memberEpoch">Epoch of its lease.</param>
    /// <param name="sequence">Number of the event that reports the start.</param>
    /// <returns>Epoch of the claim.</returns>
    public static long Claim(DbConnection connection, JobClaim claim, string member, long memberEpoch, long sequence) => connection.Query(
        """
        UPDATE job_claims SET member = @member, member_epoch = @member_epoch, epoch = epoch + 1, is_restarted = FALSE,
            sequence = @sequence, stage = NULL, stage_progress = 0, documents_per_second = 0
        WHERE fit = @fit
        RETURNING epoch
        """,
        static row => row.GetInt64(0),
        ("@member", member),
        ("@member_epoch", memberEpoch),
        ("@sequence", sequence),
        ("@fit", claim.FitId))[0];

    /// <summary>Ends a claim, so that any member may claim the job.</summary>
    /// <exception cref="ClaimLostException">The claim has ended.</exception>
    public static void Release(DbConnection connection, string fitId, long epoch, long sequence) => Require(
        connection.Execute(
            """
            UPDATE job_claims SET member = '', member_epoch = 0, epoch = epoch + 1, sequence = @sequence, stage = NULL, stage_progress = 0,
                documents_per_second = 0
            WHERE fit = @fit AND epoch = @epoch
            """,
            ("@sequence", sequence),
            ("@fit", fitId),
            ("@epoch", epoch)),
        fitId,
        epoch);

    /// <summary>Checks that a claim has not ended, and keeps others from claiming the job until the transaction ends.</summary>
    /// <exception cref="ClaimLostException">The claim has ended.</exception>
    public static void RequireCurrent(DbConnection connection, string fitId, long epoch) => Require(
        connection.Query(
            "SELECT 1 FROM job_claims WHERE fit = @fit AND epoch = @epoch FOR UPDATE",
            static row => row.GetInt32(0),
            ("@fit", fitId),
            ("@epoch", epoch)).Count,
        fitId,
        epoch);

    /// <summary>Records the version of a job, in the transaction that publishes it.</summary>
    /// <exception cref="ClaimLostException">The claim has ended, or the job has published a version.</exception>
    public static void Publish(DbConnection connection, string fitId, long epoch, string version) => Require(
        connection.Execute(
            "UPDATE job_claims SET version = @version WHERE fit = @fit AND epoch = @epoch AND version = ''",
            ("@version", version),
            ("@fit", fitId),
            ("@epoch", epoch)),
        fitId,
        epoch);

    /// <summary>Writes the progress of a run.</summary>
    /// <exception cref="ClaimLostException">The claim has ended.</exception>
    public static void Report(DbConnection connection, FitJob job) => Report(connection, job, job.Sequence, job.State);

    /// <summary>Removes the row of a job that ends by its claim.</summary>
    /// <exception cref="ClaimLostException">The claim has ended.</exception>
    public static void Remove(DbConnection connection, string fitId, long epoch) => Require(
        connection.Execute("DELETE FROM job_claims WHERE fit = @fit AND epoch = @epoch", ("@fit", fitId), ("@epoch", epoch)),
        fitId,
        epoch);

    /// <summary>Records that a client asked a job to stop.</summary>
    public static void Cancel(DbConnection connection, string fitId) =>
        connection.Execute("UPDATE job_claims SET is_cancelled = TRUE WHERE fit = @fit", ("@fit", fitId));

    /// <summary>Asks the member of a claim to start the run again.</summary>
    public static void Restart(DbConnection connection, string fitId) =>
        connection.Execute("UPDATE job_claims SET is_restarted = TRUE WHERE fit = @fit AND member <> ''", ("@fit", fitId));

    /// <summary>Returns when the last fit of each caller started, of the newest fits.</summary>
    public static Dictionary<string, long> LastStarts(DbConnection connection) => connection.Query(
        """
        SELECT created_by, max(started) FROM (SELECT created_by, started FROM fits ORDER BY ordinal DESC LIMIT 1000) AS newest
        WHERE started IS NOT NULL GROUP BY created_by
        """,
        static row => KeyValuePair.Create(row.GetString(0), row.GetInt64(1))).ToDictionary(StringComparer.Ordinal);

    /// <summary>Finds the documents that a fit uses.</summary>
    /// <returns>Their number and the hash of their ids; null: no run of the fit has read its documents.</returns>
    public static (long Documents, string Sha256)? FindSnapshot(DbConnection connection, string fitId) => connection.Query(
        "SELECT snapshot_documents, snapshot_sha256 FROM job_claims WHERE fit = @fit AND snapshot_documents IS NOT NULL",
        static row => ((long, string)?)(row.GetInt64(0), row.GetString(1)),
        ("@fit", fitId)).FirstOrDefault();

    /// <summary>Records the documents that a fit uses.</summary>
    /// <exception cref="ClaimLostException">The claim has ended.</exception>
    public static void SetSnapshot(DbConnection connection, FitJob job, long documents, string sha256) => Require(
        connection.Execute(
            "UPDATE job_claims SET snapshot_documents = @documents, snapshot_sha256 = @sha256 WHERE fit = @fit AND epoch = @epoch",
            ("@documents", documents),
            ("@sha256", sha256),
            ("@fit", job.Id),
            ("@epoch", job.Epoch)),
        job.Id,
        job.Epoch);

    private static void Report(DbConnection connection, FitJob job, long sequence, FitState state) => Require(
        connection.Execute(
            """
            UPDATE job_claims SET sequence = @sequence, stage = @stage, stage_progress = @progress, documents_per_second = @speed,
                document_count = @documents, estimate_message = @estimate
            WHERE fit = @fit AND epoch = @epoch
            """,
            ("@sequence", sequence),
            ("@stage", state.Stage is { } stage ? (long)stage : null),
            ("@progress", state.StageProgress),
            ("@speed", state.DocumentsPerSecond),
            ("@documents", state.DocumentCount),
            ("@estimate", state.Estimate?.ToByteArray()),
            ("@fit", job.Id),
            ("@epoch", job.Epoch)),
        job.Id,
        job.Epoch);

    private static void Require(int rows, string fitId, long epoch)
    {
        if (rows != 1)
        {
            throw new ClaimLostException(fitId, epoch);
        }
    }

    private static JobClaim Row(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetBoolean(3))
    {
        Memory = row.GetInt64(4),
        IsCancelled = row.GetBoolean(5),
        IsRestarted = row.GetBoolean(6),
        Version = row.GetString(7),
        Sequence = row.GetInt64(8),
        Stage = row.IsDBNull(9) ? null : (FitStage)row.GetInt64(9),
        StageProgress = row.GetDouble(10),
        DocumentsPerSecond = row.GetDouble(11),
        DocumentCount = row.GetInt64(12),
        Estimate = row.Bytes(13),
    };
}
