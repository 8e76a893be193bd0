using System.Collections.Immutable;
using System.Data.Common;
using Google.Protobuf;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>
/// The rows of models, versions, labels and traffic policies. A change is not canceled: callers change their own state after it.
/// </summary>
internal sealed class ModelTable(MetadataDatabase database, TimeProvider clock, IPublicationFence? fence = null)
{
    /// <summary>Allots the next version number of a model. No number is used twice, not even after a failed publication.</summary>
    public Task<long> AllotNumberAsync(string modelId, CancellationToken cancellationToken) => database.WriteAsync(connection =>
    {
        long number = connection.Query(
            """
            INSERT INTO models (id, created, last_version) VALUES (@id, @created, 1)
            ON CONFLICT (id) DO UPDATE SET last_version = models.last_version + 1
            RETURNING last_version
            """,
            static row => row.GetInt64(0),
            ("@id", modelId),
            ("@created", clock.GetUtcNow().ToUnixTimeMilliseconds()))[0];
        AddPending(connection, modelId, number);
        return number;
    }, cancellationToken);

    /// <summary>Lists the version folders that may exist without a row: of interrupted publications and deletions.</summary>
    public List<(string ModelId, long Number)> ListPending() => database.Read(static connection => connection.Query(
        "SELECT model, number FROM pending_folders", static row => (row.GetString(0), row.GetInt64(1))));

    /// <summary>Records that a version folder without a row is gone.</summary>
    public void RemovePending(string modelId, long number) =>
        database.Write(connection => RemovePending(connection, modelId, number));

    /// <summary>Records that a version folder without a row is gone.</summary>
    public Task RemovePendingAsync(string modelId, long number) =>
        database.WriteAsync(connection => RemovePending(connection, modelId, number), CancellationToken.None);

    /// <summary>Adds a stored version, its content and its labels in one transaction.</summary>
    public Task AddAsync(
        string modelId,
        ModelVersion version,
        VersionContent content,
        IReadOnlyCollection<string> labels) => database.WriteAsync(connection =>
    {
        fence?.Require(connection, version);
        RemovePending(connection, modelId, version.VersionNumber);
        connection.Execute(
            "INSERT INTO versions (model, number, version_message) VALUES (@model, @number, @message)",
            ("@model", modelId),
            ("@number", version.VersionNumber),
            ("@message", version.ToByteArray()));
        connection.Execute(
            """
            INSERT INTO version_contents (model, number, report_message, operation_message)
            VALUES (@model, @number, @report, @operation)
            """,
            ("@model", modelId),
            ("@number", version.VersionNumber),
            ("@report", content.Report?.ToByteArray()),
            ("@operation", content.Operation?.ToByteArray()));
        foreach (string label in labels)
        {
            SetLabel(connection, modelId, label, version.VersionNumber);
        }

        return 0;
    }, CancellationToken.None);

    /// <summary>Removes a version; no rollback returns to it afterwards.</summary>
    public Task RemoveAsync(string modelId, long number) => database.WriteAsync(connection =>
    {
        AddPending(connection, modelId, number);
        connection.Execute(
            "UPDATE labels SET previous = NULL WHERE model = @model AND previous = @number",
            ("@model", modelId),
            ("@number", number));
        connection.Execute(
            "DELETE FROM version_contents WHERE model = @model AND number = @number",
            ("@model", modelId),
            ("@number", number));
        return connection.Execute(
            "DELETE FROM versions WHERE model = @model AND number = @number",
            ("@model", modelId),
            ("@number", number));
    }, CancellationToken.None);

    /// <summary>Reads the content of a version.</summary>
    /// <returns>Null if the version was deleted.</returns>
    public async Task<VersionContent?> FindContentAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        // Parsed after the read, outside the thread of the database.
        List<(byte[]? Report, byte[]? Operation)> rows = await database.ReadAsync(
            connection => connection.Query(
                "SELECT report_message, operation_message FROM version_contents WHERE model = @model AND number = @number",
                static row => (row.Bytes(0), row.Bytes(1)),
                ("@model", modelId),
                ("@number", number)),
            cancellationToken);
        if (rows.Count == 0)
        {
            return null;
        }

        (byte[]? report, byte[]? operation) = rows[0];
        return new VersionContent(
            report is null ? null : FitReport.Parser.ParseFrom(report),
            operation is null ? null : VersionOperation.Parser.ParseFrom(operation));
    }

    /// <summary>Replaces the operation of a derived version.</summary>
    public Task ReplaceOperationAsync(string modelId, long number, VersionOperation operation) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE version_contents SET operation_message = @operation WHERE model = @model AND number = @number",
            ("@model", modelId),
            ("@number", number),
            ("@operation", operation.ToByteArray())),
        CancellationToken.None);

    public Task SetLabelAsync(string modelId, string label, long number) =>
        database.WriteAsync(connection => SetLabel(connection, modelId, label, number), CancellationToken.None);

    /// <summary>Finds the version that a label pointed at before its last move.</summary>
    /// <returns>Null if the label has not moved, or was rolled back already.</returns>
    public Task<long?> FindPreviousAsync(string modelId, string label, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.Query(
            "SELECT previous FROM labels WHERE model = @model AND label = @label",
            static row => row.IsDBNull(0) ? null : (long?)row.GetInt64(0),
            ("@model", modelId),
            ("@label", label)).FirstOrDefault(),
        cancellationToken);

    /// <summary>Points a label back at its previous version, and clears the previous version.</summary>
    public Task RollbackAsync(string modelId, string label) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE labels SET number = previous, previous = NULL WHERE model = @model AND label = @label AND previous IS NOT NULL",
            ("@model", modelId),
            ("@label", label)),
        CancellationToken.None);

    /// <summary>Writes the traffic policy of a model; an empty policy removes it.</summary>
    public Task SetTrafficAsync(string modelId, TrafficPolicy traffic) => database.WriteAsync(
        connection => traffic.IsEmpty
            ? connection.Execute("DELETE FROM traffic WHERE model = @model", ("@model", modelId))
            : connection.Execute(
                """
                INSERT INTO traffic (model, since, policy_message) VALUES (@model, @since, @policy)
                ON CONFLICT (model) DO UPDATE SET since = @since, policy_message = @policy
                """,
                ("@model", modelId),
                ("@since", traffic.Since.ToUnixTimeMilliseconds()),
                ("@policy", TrafficMapping.ToProto(traffic).ToByteArray())),
        CancellationToken.None);

    /// <summary>Reads all models; no version is loaded.</summary>
    public List<ModelRoute> ReadAll() => database.Read(connection =>
    {
        ILookup<string, ModelVersion> versions = connection
            .Query(
                "SELECT model, version_message FROM versions",
                static row => (Model: row.GetString(0), Version: ModelVersion.Parser.ParseFrom(row.GetFieldValue<byte[]>(1))))
            .ToLookup(static row => row.Model, static row => row.Version);
        ILookup<string, KeyValuePair<string, long>> labels = connection
            .Query(
                "SELECT model, label, number FROM labels",
                static row => (Model: row.GetString(0), Label: KeyValuePair.Create(row.GetString(1), row.GetInt64(2))))
            .ToLookup(static row => row.Model, static row => row.Label);
        var traffic = connection
            .Query("SELECT model, since, policy_message FROM traffic", static row => (
                Model: row.GetString(0),
                Policy: ReadPolicy(row)))
            .ToDictionary(static row => row.Model, static row => row.Policy);
        return connection.Query("SELECT id, created FROM models", row => new ModelRoute(
            row.GetString(0),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            labels[row.GetString(0)].ToImmutableSortedDictionary(StringComparer.Ordinal),
            versions[row.GetString(0)].ToImmutableSortedDictionary(
                static version => version.VersionNumber,
                static version => new VersionEntry(version, null, null, TimeSpan.Zero)))
        {
            Traffic = traffic.GetValueOrDefault(row.GetString(0)),
        });
    });

    private static int AddPending(DbConnection connection, string modelId, long number) => connection.Execute(
        "INSERT INTO pending_folders (model, number) VALUES (@model, @number) ON CONFLICT DO NOTHING",
        ("@model", modelId),
        ("@number", number));

    private static int RemovePending(DbConnection connection, string modelId, long number) => connection.Execute(
        "DELETE FROM pending_folders WHERE model = @model AND number = @number",
        ("@model", modelId),
        ("@number", number));

    private static TrafficPolicy ReadPolicy(DbDataReader row) => TrafficMapping.FromProto(
        V1.TrafficPolicy.Parser.ParseFrom(row.GetFieldValue<byte[]>(2)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)));

    private static int SetLabel(DbConnection connection, string modelId, string label, long number) => connection.Execute(
        """
        INSERT INTO labels (model, label, number) VALUES (@model, @label, @number)
        ON CONFLICT (model, label) DO UPDATE SET
            previous = CASE WHEN labels.number = @number THEN labels.previous ELSE labels.number END, number = @number
        """,
        ("@model", modelId),
        ("@label", label),
        ("@number", number));
}
