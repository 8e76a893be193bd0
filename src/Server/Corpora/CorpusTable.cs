using Microsoft.Data.Sqlite;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Corpora;

/// <summary>The rows of corpora.</summary>
internal sealed class CorpusTable(MetadataDatabase database)
{
    private const string Columns = "SELECT id, display_name, created, request_id FROM corpora ";

    public CorpusRow? Find(string id) =>
        database.Read(connection => connection.Query(Columns + "WHERE id = $id", Row, ("$id", id)).FirstOrDefault());

    /// <summary>Lists the rows after an id, in order.</summary>
    public List<CorpusRow> List(string afterId, int count) =>
        database.Read(connection => connection.Query(
            Columns + "WHERE id > $after ORDER BY id LIMIT $count",
            Row,
            ("$after", afterId),
            ("$count", count)));

    /// <summary>Returns the number of corpora.</summary>
    public long Count() =>
        database.Read(static connection => connection.Query("SELECT count(*) FROM corpora", static row => row.GetInt64(0))[0]);

    /// <summary>Adds a row unless the id is taken.</summary>
    /// <returns>Whether it was added.</returns>
    public bool TryAdd(CorpusRow row) => database.Write(connection => connection.Execute(
        "INSERT INTO corpora (id, display_name, created, request_id) VALUES ($id, $name, $created, $request) ON CONFLICT DO NOTHING",
        ("$id", row.Id),
        ("$name", row.DisplayName),
        ("$created", row.Created.ToUnixTimeMilliseconds()),
        ("$request", row.RequestId))) == 1;

    public bool Remove(string id) =>
        database.Write(connection => connection.Execute("DELETE FROM corpora WHERE id = $id", ("$id", id))) == 1;

    private static CorpusRow Row(SqliteDataReader reader) =>
        new(reader.GetString(0), reader.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)), reader.GetString(3));
}
