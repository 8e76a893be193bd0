using System.Collections.Immutable;
using System.Data.Common;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Reads models from their rows.</summary>
internal static class ModelRows
{
    private const string OfModel = " WHERE model = @model";

    /// <summary>Reads all models; no version is loaded.</summary>
    public static List<ModelRoute> ReadAll(DbConnection connection)
    {
        ILookup<string, ModelVersion> versions = connection
            .Query("SELECT model, version_message FROM versions", Version)
            .ToLookup(static row => row.Model, static row => row.Version);
        ILookup<string, KeyValuePair<string, long>> labels = connection
            .Query("SELECT model, label, number FROM labels", Label)
            .ToLookup(static row => row.Model, static row => row.Label);
        var traffic = connection
            .Query("SELECT model, since, policy_message FROM traffic", Traffic)
            .ToDictionary(static row => row.Model, static row => row.Policy);
        return connection.Query("SELECT id, created FROM models", row => new ModelRoute(
            row.GetString(0),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
            labels[row.GetString(0)].ToImmutableSortedDictionary(StringComparer.Ordinal),
            versions[row.GetString(0)].ToImmutableSortedDictionary(static version => version.VersionNumber, Entry))
        {
            Traffic = traffic.GetValueOrDefault(row.GetString(0)),
        });
    }

    /// <summary>Reads one model; no version is loaded.</summary>
    /// <returns>Null if there is no such model.</returns>
    public static ModelRoute? Find(DbConnection connection, string modelId) => Find(
        connection,
        modelId,
        connection.Query("SELECT model, version_message FROM versions" + OfModel, Version, ("@model", modelId))
            .Select(static row => Entry(row.Version)));

    /// <summary>Reads labels, policy and version numbers of a model, to check a change of them in the same transaction.</summary>
    /// <returns>The model, whose versions have nothing but numbers; null if there is no such model.</returns>
    public static ModelRoute? FindNumbers(DbConnection connection, string modelId) => Find(
        connection,
        modelId,
        connection.Query("SELECT number FROM versions" + OfModel, static row => row.GetInt64(0), ("@model", modelId))
            .Select(static number => Entry(new ModelVersion { VersionNumber = number })));

    /// <summary>Returns the number of models that have versions.</summary>
    public static long Count(DbConnection connection) =>
        connection.Query("SELECT count(DISTINCT model) FROM versions", static row => row.GetInt64(0))[0];

    private static ModelRoute? Find(DbConnection connection, string modelId, IEnumerable<VersionEntry> versions)
    {
        var labels = connection
            .Query("SELECT model, label, number FROM labels" + OfModel, Label, ("@model", modelId))
            .Select(static row => row.Label)
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
        TrafficPolicy? traffic = connection
            .Query("SELECT model, since, policy_message FROM traffic" + OfModel, Traffic, ("@model", modelId))
            .FirstOrDefault().Policy;
        return connection.Query(
            "SELECT id, created FROM models WHERE id = @model",
            row => new ModelRoute(
                modelId,
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                labels,
                versions.ToImmutableSortedDictionary(static entry => entry.Number, static entry => entry))
            {
                Traffic = traffic,
            },
            ("@model", modelId)).FirstOrDefault();
    }

    private static VersionEntry Entry(ModelVersion version) => new(version, null, null, TimeSpan.Zero);

    private static (string Model, ModelVersion Version) Version(DbDataReader row) =>
        (row.GetString(0), ModelVersion.Parser.ParseFrom(row.GetFieldValue<byte[]>(1)));

    private static (string Model, KeyValuePair<string, long> Label) Label(DbDataReader row) =>
        (row.GetString(0), KeyValuePair.Create(row.GetString(1), row.GetInt64(2)));

    private static (string Model, TrafficPolicy Policy) Traffic(DbDataReader row) => (
        row.GetString(0),
        TrafficMapping.FromProto(
            V1.TrafficPolicy.Parser.ParseFrom(row.GetFieldValue<byte[]>(2)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))));
}
