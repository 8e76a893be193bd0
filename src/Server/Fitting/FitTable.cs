using Google.Protobuf;
using Microsoft.Data.Sqlite;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>The rows of fits.</summary>
internal sealed class FitTable(MetadataDatabase database)
{
    private const string Columns = "SELECT ordinal, id, attempts, last_sequence, request_sha256, fit_message FROM fits ";

    public FitRow? Find(string id) => database.Read(connection => connection.Query(Columns + "WHERE id = $id", Row, ("$id", id)).FirstOrDefault());

    public FitRow? FindByRequest(string requestId) =>
        database.Read(connection => connection.Query(Columns + "WHERE request_id = $request", Row, ("$request", requestId)).FirstOrDefault());

    /// <summary>Rows before an ordinal, newest first; of one model where it is not empty.</summary>
    public List<FitRow> List(long beforeOrdinal, int count, string model) => database.Read(connection => connection.Query(
        Columns + "WHERE ordinal < $before AND ($model = '' OR model = $model) ORDER BY ordinal DESC LIMIT $count",
        Row,
        ("$before", beforeOrdinal),
        ("$model", model),
        ("$count", count)));

    /// <summary>Adds a fit.</summary>
    /// <returns>Its row.</returns>
    public FitRow Add(string id, Fit fit, string requestId, byte[] requestSha256) => database.Write(connection =>
    {
        connection.Execute(
            """
            INSERT INTO fits (id, model, request_id, request_sha256, attempts, last_sequence, fit_message)
            VALUES ($id, $model, $request, $sha, 0, 0, $fit)
            """,
            ("$id", id),
            ("$model", ResourceNames.ParseModel(fit.Model, "model")),
            ("$request", requestId.Length == 0 ? null : requestId),
            ("$sha", requestSha256),
            ("$fit", fit.ToByteArray()));
        return connection.Query(Columns + "WHERE id = $id", Row, ("$id", id))[0];
    });

    public void Update(string id, Fit fit, int attempts, long lastSequence) => database.Write(connection => connection.Execute(
        "UPDATE fits SET fit_message = $fit, attempts = $attempts, last_sequence = $sequence WHERE id = $id",
        ("$id", id),
        ("$fit", fit.ToByteArray()),
        ("$attempts", attempts),
        ("$sequence", lastSequence)));

    private static FitRow Row(SqliteDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetString(1),
        reader.GetInt32(2),
        reader.GetInt64(3),
        reader.GetFieldValue<byte[]>(4),
        Fit.Parser.ParseFrom(reader.GetFieldValue<byte[]>(5)));
}
