using System.Data.Common;
using Google.Protobuf;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>
/// The rows of models, versions, labels and traffic policies. A change is not canceled: callers change their own state after it.
/// </summary>
internal sealed class ModelTable(
    MetadataDatabase database, TimeProvider clock, IPublicationFence? fence = null, IPendingFolders? pendingFolders = null)
{
    private readonly IPendingFolders _pending = pendingFolders ?? PendingFolders.Instance;

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
        _pending.Add(connection, modelId, number);
        return number;
    }, cancellationToken);

    /// <summary>Lists the version folders that may exist without a row: of interrupted publications and deletions.</summary>
    public List<(string ModelId, long Number)> ListPending() => database.Read(_pending.ListInterrupted);

    /// <summary>Records that a version folder without a row is gone.</summary>
    public void RemovePending(string modelId, long number) =>
        database.Write(connection => RemovePending(connection, modelId, number));

    /// <summary>Records that a version folder without a row is gone.</summary>
    public Task RemovePendingAsync(string modelId, long number) =>
        database.WriteAsync(connection => RemovePending(connection, modelId, number), CancellationToken.None);

    /// <summary>Adds a stored version, its content, its labels, and the storage's record of its files in one transaction.</summary>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="version">Record of the version.</param>
    /// <param name="content">Content of the version.</param>
    /// <param name="labels">Labels that point at it afterwards.</param>
    /// <param name="require">
    /// Checks the limits with the stored model, null before its first version, and the number of models.
    /// </param>
    /// <param name="store">Storage of the files; null: it records nothing.</param>
    public Task AddAsync(
        string modelId,
        ModelVersion version,
        VersionContent content,
        IReadOnlyCollection<string> labels,
        Action<ModelRoute?, int>? require = null,
        IModelStore? store = null) => database.WriteAsync(connection =>
    {
        fence?.Require(connection, version);
        if (require is not null)
        {
            ModelRoute? stored = ModelRows.FindNumbers(connection, modelId) is { Versions.IsEmpty: false } model ? model : null;
            require(stored, stored is null ? (int)ModelRows.Count(connection) : 0);
        }

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
        store?.RecordAdded(connection, modelId, version.VersionNumber);
        foreach (string label in labels)
        {
            SetLabel(connection, modelId, label, version.VersionNumber);
        }

        return 0;
    }, CancellationToken.None);

    /// <summary>Removes a version and the storage's record of its files; no rollback returns to it afterwards.</summary>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="number">Number of the version.</param>
    /// <param name="require">Checks the change with the stored model.</param>
    /// <param name="store">Storage of the files; null: it records nothing.</param>
    /// <returns>Whether the version existed.</returns>
    public Task<bool> RemoveAsync(
        string modelId,
        long number,
        Action<ModelRoute>? require = null,
        IModelStore? store = null) => database.WriteAsync(connection =>
    {
        Check(connection, modelId, require);
        store?.RecordRemoved(connection, modelId, number);
        _pending.Add(connection, modelId, number);
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
            ("@number", number)) == 1;
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

    /// <summary>Points a label at a version.</summary>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="label">The label.</param>
    /// <param name="number">Number of the version.</param>
    /// <param name="require">Checks the change with the stored model.</param>
    /// <returns>Number of the version that the label pointed at before, if it was checked; 0 for none.</returns>
    public Task<long> SetLabelAsync(string modelId, string label, long number, Action<ModelRoute>? require = null) => database.WriteAsync(
        connection =>
        {
            ModelRoute? stored = Check(connection, modelId, require);
            SetLabel(connection, modelId, label, number);
            return stored?.Labels.GetValueOrDefault(label) ?? 0;
        },
        CancellationToken.None);

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
    /// <param name="modelId">Id of the model.</param>
    /// <param name="label">The label.</param>
    /// <param name="target">Previous version that the caller expects; null: any.</param>
    /// <param name="require">Checks the change with the stored model.</param>
    /// <returns>False if the label has no previous version, or another one.</returns>
    public Task<bool> RollbackAsync(string modelId, string label, long? target = null, Action<ModelRoute>? require = null) =>
        database.WriteAsync(
            connection =>
            {
                Check(connection, modelId, require);
                return connection.Execute(
                    """
                    UPDATE labels SET number = previous, previous = NULL
                    WHERE model = @model AND label = @label AND previous IS NOT NULL AND previous = coalesce(@target, previous)
                    """,
                    ("@model", modelId),
                    ("@label", label),
                    ("@target", target)) == 1;
            },
            CancellationToken.None);

    /// <summary>Writes the traffic policy of a model; an empty policy removes it.</summary>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="traffic">The policy.</param>
    /// <param name="require">Checks the change with the stored model.</param>
    public Task SetTrafficAsync(string modelId, TrafficPolicy traffic, Action<ModelRoute>? require = null) => database.WriteAsync(
        connection =>
        {
            Check(connection, modelId, require);
            return traffic.IsEmpty
                ? connection.Execute("DELETE FROM traffic WHERE model = @model", ("@model", modelId))
                : connection.Execute(
                    """
                    INSERT INTO traffic (model, since, policy_message) VALUES (@model, @since, @policy)
                    ON CONFLICT (model) DO UPDATE SET since = @since, policy_message = @policy
                    """,
                    ("@model", modelId),
                    ("@since", traffic.Since.ToUnixTimeMilliseconds()),
                    ("@policy", TrafficMapping.ToProto(traffic).ToByteArray()));
        },
        CancellationToken.None);

    /// <summary>Reads all models; no version is loaded.</summary>
    public List<ModelRoute> ReadAll() => database.Read(ModelRows.ReadAll);

    /// <summary>Reads models again; no version is loaded.</summary>
    /// <param name="modelIds">Ids of the models; null: all.</param>
    /// <param name="cancellationToken">Cancels the read before it starts.</param>
    /// <returns>The models that exist.</returns>
    public Task<List<ModelRoute>> ReadAsync(IReadOnlySet<string>? modelIds, CancellationToken cancellationToken) => database.ReadAsync(
        connection => modelIds is null
            ? ModelRows.ReadAll(connection)
            : [.. modelIds.Select(id => ModelRows.Find(connection, id)).OfType<ModelRoute>()],
        cancellationToken);

    private static int RemovePending(DbConnection connection, string modelId, long number) => connection.Execute(
        "DELETE FROM pending_folders WHERE model = @model AND number = @number",
        ("@model", modelId),
        ("@number", number));

    /// <summary>
    /// Checks a change in its transaction. Other members of a cluster may have changed the model since the copy in memory was read.
    /// </summary>
    private static ModelRoute? Check(DbConnection connection, string modelId, Action<ModelRoute>? require)
    {
        if (require is null)
        {
            return null;
        }

        ModelRoute stored = ModelRows.FindNumbers(connection, modelId) ?? throw Fault.ModelNotFound(ResourceNames.Model(modelId));
        require(stored);
        return stored;
    }

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
