using System.Data.Common;

namespace TopicGrpc.Server.Models;

/// <summary>
/// The rows of version folders that may exist without a version: a publication or a deletion adds one before it touches the folder, and
/// removes it at its end.
/// </summary>
internal interface IPendingFolders
{
    /// <summary>Adds the row of a publication or deletion that begins.</summary>
    void Add(DbConnection connection, string modelId, long number);

    /// <summary>Lists the rows whose publication or deletion was interrupted. Called at the start, before this server publishes.</summary>
    List<(string ModelId, long Number)> ListInterrupted(DbConnection connection);
}
