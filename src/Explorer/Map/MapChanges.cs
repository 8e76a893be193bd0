using TopicGrpc.Client;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Explorer.Map;

/// <summary>Finds the documents of a version that had another topic in another version of the model, as a column of the map.</summary>
internal static class MapChanges
{
    private static readonly string[] Names = ["in another topic", "was an outlier", "is now an outlier"];

    /// <summary>Reads the documents of both versions. Two topics are the same if they have the same uid.</summary>
    /// <param name="client">Client of the visitor.</param>
    /// <param name="version">Version of the map.</param>
    /// <param name="other">Number of the other version.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Values by row; 0 for a document with the same topic, and for one that the other version does not have.</returns>
    public static async Task<MapClasses> ReadAsync(
        TopicGrpcClient client, ModelSelector version, long other, CancellationToken cancellationToken)
    {
        ModelSelector before = new(version.Model) { Version = other };
        Dictionary<int, string> uids = await UidsAsync(client, version, cancellationToken);
        Dictionary<int, string> uidsBefore = await UidsAsync(client, before, cancellationToken);
        Dictionary<string, string> earlier = new(StringComparer.Ordinal);
        await foreach (DocumentTopic document in client.Topics.ListDocumentsAsync(before, cancellationToken: cancellationToken))
        {
            earlier.Add(document.DocumentId, uidsBefore.GetValueOrDefault(document.TopicId, string.Empty));
        }

        List<int> classes = [];
        await foreach (DocumentTopic document in client.Topics.ListDocumentsAsync(version, cancellationToken: cancellationToken))
        {
            string now = uids.GetValueOrDefault(document.TopicId, string.Empty);
            classes.Add((earlier.GetValueOrDefault(document.DocumentId, now), now) switch
            {
                (var then, _) when then == now => 0,
                ("", _) => 2,
                (_, "") => 3,
                _ => 1,
            });
        }

        return new MapClasses
        {
            Model = version.Model,
            Version = version.Version ?? 0,
            Attribute = FormattableString.Invariant($"changes since version {other}"),
            ClassNames = Names,
            Classes = classes.ToArray(),
        };
    }

    // The outliers have an empty uid.
    private static async Task<Dictionary<int, string>> UidsAsync(
        TopicGrpcClient client, ModelSelector version, CancellationToken cancellationToken)
    {
        TopicList list = await client.Topics.ListAsync(
            version, new ListTopicsOptions { IncludeRepresentativeDocuments = false, WordCount = 1 }, cancellationToken);
        return list.Topics.ToDictionary(static topic => topic.Id, static topic => topic.Uid);
    }
}
