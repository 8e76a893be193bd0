using System.Data.Common;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Models;

/// <summary>The pending folders of a single server: at its start, none of them is in use.</summary>
internal sealed class PendingFolders : IPendingFolders
{
    private PendingFolders()
    {
    }

    /// <summary>The instance.</summary>
    public static PendingFolders Instance { get; } = new();

    /// <inheritdoc/>
    public void Add(DbConnection connection, string modelId, long number) => connection.Execute(
        "INSERT INTO pending_folders (model, number) VALUES (@model, @number) ON CONFLICT DO NOTHING",
        ("@model", modelId),
        ("@number", number));

    /// <inheritdoc/>
    public List<(string ModelId, long Number)> ListInterrupted(DbConnection connection) => connection.Query(
        "SELECT model, number FROM pending_folders", static row => (row.GetString(0), row.GetInt64(1)));
}
