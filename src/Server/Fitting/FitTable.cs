using System.Data.Common;
using Google.Protobuf;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>The rows of fits. Requests and reports, which may take megabytes, have tables of their own; each is written once.</summary>
internal sealed class FitTable(MetadataDatabase database)
{
    private const string Columns =
        """
        SELECT ordinal, attempts, last_sequence, id, model, corpus, parent_version, assign_labels, status, document_count,
               model_version, error_message, created, started, ended, created_by
        FROM fits
        """;

    private const string ErasedError = "The error named a document that was erased.";

    /// <summary>Runs work on the thread of the database.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => database.RunAsync(work, cancellationToken);

    public FitRow? Find(string id) => database.Read(connection => Find(connection, id));

    /// <summary>Finds a fit in a transaction of the caller.</summary>
    public static FitRow? Find(DbConnection connection, string id) =>
        connection.Query(Columns + " WHERE id = @id", Row, ("@id", id)).FirstOrDefault();

    /// <summary>Finds the fit of a request id.</summary>
    /// <returns>Id of the fit and hash of the request; null when there is none.</returns>
    public (string Id, byte[] Sha256)? FindByRequest(string requestId) =>
        database.Read(connection => FindByRequest(connection, requestId));

    /// <summary>Finds the fit of a request id in a transaction of the caller.</summary>
    public static (string Id, byte[] Sha256)? FindByRequest(DbConnection connection, string requestId) => connection.Query(
        "SELECT id, request_sha256 FROM fits WHERE request_id = @request",
        static row => ((string, byte[])?)(row.GetString(0), row.GetFieldValue<byte[]>(1)),
        ("@request", requestId)).FirstOrDefault();

    /// <summary>Reads rows before an ordinal, newest first.</summary>
    /// <param name="beforeOrdinal">Exclusive upper bound.</param>
    /// <param name="count">Most rows.</param>
    /// <param name="modelId">Only fits of this model; empty: of all.</param>
    public List<FitRow> List(long beforeOrdinal, int count, string modelId) =>
        database.Read(connection => List(connection, beforeOrdinal, count, modelId));

    /// <summary>Reads rows in a transaction of the caller; otherwise as the other overload.</summary>
    public static List<FitRow> List(DbConnection connection, long beforeOrdinal, int count, string modelId) => connection.Query(
        Columns + " WHERE ordinal < @before AND (@model = '' OR model = @model) ORDER BY ordinal DESC LIMIT @count",
        Row,
        ("@before", beforeOrdinal),
        ("@model", modelId),
        ("@count", count));

    /// <summary>Reads the fits that have not ended, oldest first.</summary>
    public List<FitRow> ListUnfinished() => database.Read(ListUnfinished);

    /// <summary>Reads the fits that have not ended, oldest first, in a transaction of the caller.</summary>
    public static List<FitRow> ListUnfinished(DbConnection connection) =>
        connection.Query(Columns + " WHERE status IN (1, 2, 3) ORDER BY ordinal", Row);

    /// <summary>Adds a queued fit and its request, and deletes the oldest fits that have ended beyond a limit.</summary>
    /// <param name="state">The fit.</param>
    /// <param name="request">Its request.</param>
    /// <param name="lastSequence">Number that the events of the fit stay below after a restart.</param>
    /// <param name="maxStored">Most fits; 0: no limit. Unfinished fits are never deleted.</param>
    /// <returns>Its row, before its first event.</returns>
    public FitRow Add(FitState state, FitRequest request, long lastSequence, int maxStored = 0) =>
        database.Write(connection => Add(connection, state, request, lastSequence, maxStored));

    /// <summary>Adds a queued fit in a transaction of the caller; otherwise as the other overload.</summary>
    public static FitRow Add(DbConnection connection, FitState state, FitRequest request, long lastSequence, int maxStored)
    {
        long ordinal = connection.Query(
            """
            INSERT INTO fits (id, model, corpus, parent_version, assign_labels, request_id, request_sha256, attempts, last_sequence,
                              status, document_count, model_version, created, created_by)
            VALUES (@id, @model, @corpus, @parent, @labels, @request, @sha, 0, @sequence, @status, 0, '', @created, @caller)
            RETURNING ordinal
            """,
            static row => row.GetInt64(0),
            ("@id", state.Id),
            ("@model", state.ModelId),
            ("@corpus", state.CorpusId),
            ("@parent", state.ParentVersion),
            ("@labels", string.Join(' ', state.AssignLabels)),
            ("@request", request.RequestId.Length == 0 ? null : request.RequestId),
            ("@sha", request.Sha256),
            ("@sequence", lastSequence),
            ("@status", (int)state.Status),
            ("@created", state.Created.UtcTicks),
            ("@caller", state.CreatedBy))[0];
        connection.Execute(
            "INSERT INTO fit_requests (ordinal, settings_message, operation_message) VALUES (@ordinal, @settings, @operation)",
            ("@ordinal", ordinal),
            ("@settings", request.Settings.ToByteArray()),
            ("@operation", request.Operation?.ToByteArray()));
        Prune(connection, maxStored);
        return new FitRow(ordinal, 0, 0, state);
    }

    /// <summary>Writes the state of a fit.</summary>
    /// <param name="state">The fit.</param>
    /// <param name="attempts">Number of times it was started.</param>
    /// <param name="lastSequence">Number that its events stay below after a restart.</param>
    /// <param name="guard">Runs first in the transaction; an exception ends it without effect.</param>
    public void Update(FitState state, int attempts, long lastSequence, Action<DbConnection>? guard = null) => database.Write(connection =>
    {
        guard?.Invoke(connection);
        return Update(connection, state, attempts, lastSequence);
    });

    /// <summary>Writes the last state of a fit and, after success, its report.</summary>
    /// <param name="state">The fit.</param>
    /// <param name="attempts">Number of times it was started.</param>
    /// <param name="lastSequence">Number of its last event.</param>
    /// <param name="report">The report; null without success.</param>
    /// <param name="guard">Runs first in the transaction; an exception ends it without effect.</param>
    public void End(
        FitState state,
        int attempts,
        long lastSequence,
        FitReport? report,
        Action<DbConnection>? guard = null) => database.Write(connection =>
    {
        guard?.Invoke(connection);
        if (report is not null)
        {
            connection.Execute(
                "INSERT INTO fit_reports (ordinal, report_message) SELECT ordinal, @report FROM fits WHERE id = @id",
                ("@report", report.ToByteArray()),
                ("@id", state.Id));
        }

        return Update(connection, state, attempts, lastSequence);
    });

    /// <summary>Reads request and report of a fit.</summary>
    public FitContent ReadContent(string id)
    {
        // Parsed after the read: other callers wait for the database meanwhile.
        (byte[] settings, byte[]? operation, byte[]? report) = database.Read(connection => connection.Query(
            """
            SELECT settings_message, operation_message, report_message
            FROM fits JOIN fit_requests USING (ordinal) LEFT JOIN fit_reports USING (ordinal) WHERE id = @id
            """,
            static row => (row.GetFieldValue<byte[]>(0), row.Bytes(1), row.Bytes(2)),
            ("@id", id))[0]);
        return new FitContent(
            FitSettings.Parser.ParseFrom(settings),
            operation is null ? null : VersionOperation.Parser.ParseFrom(operation),
            report is null ? null : FitReport.Parser.ParseFrom(report));
    }

    /// <summary>Removes what names erased documents of a corpus from requests and errors.</summary>
    /// <param name="corpusId">Id of the corpus; fits of merged versions have none and are changed too.</param>
    /// <param name="without">Returns an operation without the documents; null if it names none of them.</param>
    /// <param name="names">Returns whether a message names one of the documents.</param>
    public Task EraseAsync(
        string corpusId, Func<VersionOperation, VersionOperation?> without, Func<string, bool> names) => database.WriteAsync(
        connection =>
        {
            EraseOperations(connection, corpusId, without);
            EraseErrors(connection, corpusId, names);
            return true;
        },
        CancellationToken.None);

    private static void EraseOperations(
        DbConnection connection, string corpusId, Func<VersionOperation, VersionOperation?> without)
    {
        foreach ((long ordinal, byte[] operation) in connection.Query(
            """
            SELECT ordinal, operation_message FROM fit_requests JOIN fits USING (ordinal)
            WHERE operation_message IS NOT NULL AND corpus IN (@corpus, '')
            """,
            static row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            ("@corpus", corpusId)))
        {
            if (without(VersionOperation.Parser.ParseFrom(operation)) is { } changed)
            {
                connection.Execute(
                    "UPDATE fit_requests SET operation_message = @operation WHERE ordinal = @ordinal",
                    ("@operation", changed.ToByteArray()),
                    ("@ordinal", ordinal));
            }
        }
    }

    private static void EraseErrors(DbConnection connection, string corpusId, Func<string, bool> names)
    {
        foreach ((long ordinal, byte[] message) in connection.Query(
            "SELECT ordinal, error_message FROM fits WHERE error_message IS NOT NULL AND corpus IN (@corpus, '')",
            static row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            ("@corpus", corpusId)))
        {
            var error = Google.Rpc.Status.Parser.ParseFrom(message);
            if (names(error.Message))
            {
                connection.Execute(
                    "UPDATE fits SET error_message = @error WHERE ordinal = @ordinal",
                    ("@error", new Google.Rpc.Status { Code = error.Code, Message = ErasedError }.ToByteArray()),
                    ("@ordinal", ordinal));
            }
        }
    }

    private static void Prune(DbConnection connection, int maxStored)
    {
        List<long> cut = maxStored == 0
            ? []
            : connection.Query(
                "SELECT ordinal FROM fits ORDER BY ordinal DESC LIMIT 1 OFFSET @count",
                static row => row.GetInt64(0),
                ("@count", maxStored));
        if (cut is [long last])
        {
            const string Ended = "(SELECT ordinal FROM fits WHERE ordinal <= @last AND status IN (4, 5, 6))";
            connection.Execute("DELETE FROM fit_reports WHERE ordinal IN " + Ended, ("@last", last));
            connection.Execute("DELETE FROM fit_requests WHERE ordinal IN " + Ended, ("@last", last));
            connection.Execute("DELETE FROM fits WHERE ordinal <= @last AND status IN (4, 5, 6)", ("@last", last));
        }
    }

    /// <summary>Writes the state of a fit in a transaction of the caller.</summary>
    public static int Update(DbConnection connection, FitState state, int attempts, long lastSequence) => connection.Execute(
        """
        UPDATE fits SET attempts = @attempts, last_sequence = @sequence, status = @status, document_count = @documents,
            model_version = @version, error_message = @error, started = @started, ended = @ended
        WHERE id = @id
        """,
        ("@id", state.Id),
        ("@attempts", attempts),
        ("@sequence", lastSequence),
        ("@status", (int)state.Status),
        ("@documents", state.DocumentCount),
        ("@version", state.ModelVersion),
        ("@error", state.Error?.ToByteArray()),
        ("@started", state.Started?.UtcTicks),
        ("@ended", state.Ended?.UtcTicks));

    private static FitRow Row(DbDataReader reader) => new(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2), new FitState
    {
        Id = reader.GetString(3),
        ModelId = reader.GetString(4),
        CorpusId = reader.GetString(5),
        ParentVersion = reader.GetString(6),
        AssignLabels = reader.GetString(7).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Status = (FitStatus)reader.GetInt32(8),
        DocumentCount = reader.GetInt64(9),
        ModelVersion = reader.GetString(10),
        Error = reader.Bytes(11) is { } error ? Google.Rpc.Status.Parser.ParseFrom(error) : null,
        Created = Time(reader, 12)!.Value,
        Started = Time(reader, 13),
        Ended = Time(reader, 14),
        CreatedBy = reader.GetString(15),
    });

    private static DateTimeOffset? Time(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new DateTimeOffset(reader.GetInt64(column), TimeSpan.Zero);
}
