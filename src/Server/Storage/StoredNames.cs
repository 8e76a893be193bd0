using System.Data.Common;

namespace TopicGrpc.Server.Storage;

/// <summary>The folders that a database refers to.</summary>
/// <param name="FolderId">Common id of database and data folder.</param>
/// <param name="Corpora">Ids of the corpora, in order.</param>
/// <param name="Versions">Versions, by model and number.</param>
internal sealed record StoredNames(
    string FolderId,
    IReadOnlyList<string> Corpora,
    IReadOnlyList<(string ModelId, long Number)> Versions)
{
    public static StoredNames Read(DbConnection connection) => new(
        connection.Query("SELECT folder_id FROM meta", static row => row.GetString(0)).FirstOrDefault(string.Empty),
        connection.Query("SELECT id FROM corpora ORDER BY id", static row => row.GetString(0)),
        connection.Query("SELECT model, number FROM versions ORDER BY model, number", static row => (row.GetString(0), row.GetInt64(1))));
}
