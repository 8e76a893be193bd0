using System.Globalization;
using TopicGrpc.Client.Topics;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Mapping;

/// <summary>Maps topics to the messages that a server sends.</summary>
internal static class TopicToWire
{
    /// <summary>Maps a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="modelVersion">Resource name of the version.</param>
    /// <param name="wordCount">Highest number of words; 0 for all.</param>
    /// <param name="omitDocuments">Whether to leave out the representative documents.</param>
    public static Wire.Topic Map(TopicInfo topic, string modelVersion, int wordCount, bool omitDocuments)
    {
        Wire.Topic wire = new()
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{modelVersion}/topics/{topic.Id}"),
            TopicId = topic.Id,
            Uid = topic.Uid,
            TopicName = topic.Name,
            Label = topic.Label,
            DocumentCount = topic.Count,
            Words = { Words(topic.Words).Take(wordCount > 0 ? wordCount : int.MaxValue) },
        };
        wire.Aspects.AddRange(
            topic.Aspects.Select(static aspect => new Wire.TopicAspect { Name = aspect.Key, Words = { Words(aspect.Value) } }));
        if (!omitDocuments)
        {
            wire.RepresentativeDocuments.AddRange(Documents(topic.RepresentativeDocuments));
        }

        return wire;
    }

    public static Wire.LayerTopicRef Map(LayerTopicRef topic) =>
        new() { Layer = topic.Layer, TopicId = topic.TopicId, TopicUid = topic.Uid, TopicName = topic.Name };

    public static IEnumerable<Wire.RepresentativeDocument> Documents(IEnumerable<RepresentativeDocument> documents) =>
        documents.Select(static document => new Wire.RepresentativeDocument { DocumentId = document.Id, Text = document.Text });

    public static IEnumerable<Wire.TopicWord> Words(IEnumerable<TopicWord> words) =>
        words.Select(static word => new Wire.TopicWord { Term = word.Term, Score = word.Score });
}
