using TopicGrpc.Engine.Topics;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Topic = TopicGrpc.Engine.Topics.Topic;
using TopicWord = TopicGrpc.V1.TopicWord;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps topics to the contract.</summary>
internal static class TopicMapping
{
    private static readonly Dictionary<string, Engine.Topics.TopicWord[][]> NoAspects = [];

    /// <summary>Maps a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="model">Model of the topic.</param>
    /// <param name="version">Resource name of the version.</param>
    /// <param name="wordCount">Highest number of words, also in each aspect; 0 for all.</param>
    /// <param name="omitRepresentatives">Whether to omit the representative documents.</param>
    public static V1.Topic ToProto(Topic topic, TopicModel model, string version, int wordCount, bool omitRepresentatives)
    {
        V1.Topic message = new()
        {
            Name = ResourceNames.Topic(version, topic.Id),
            Uid = topic.Uid,
            TopicId = topic.Id,
            TopicName = topic.Name,
            DocumentCount = topic.Count,
            Label = topic.CustomLabel ?? string.Empty,
        };
        message.Words.AddRange(Words(topic.Words, wordCount));
        message.Aspects.AddRange((model.Aspects ?? NoAspects)
            .OrderBy(static aspect => aspect.Key, StringComparer.Ordinal)
            .Select(aspect => new TopicAspect
            {
                Name = aspect.Key,
                Words = { Words(aspect.Value[topic.Id + model.OutlierOffset], wordCount) },
            }));
        if (!omitRepresentatives)
        {
            message.RepresentativeDocuments.AddRange(topic.RepresentativeDocuments.Select(
                static document => new V1.RepresentativeDocument { DocumentId = document.Id, Text = document.Text }));
        }

        return message;
    }

    /// <summary>Maps the words of a topic without empty words, with which BERTopic pads short topics.</summary>
    public static IEnumerable<TopicWord> Words(Topic topic, int count) => Words(topic.Words, count);

    /// <summary>Maps words without empty ones.</summary>
    /// <param name="all">Words, best first.</param>
    /// <param name="count">Highest number of words; 0 for all.</param>
    public static IEnumerable<TopicWord> Words(IEnumerable<Engine.Topics.TopicWord> all, int count)
    {
        IEnumerable<TopicWord> words = all
            .Where(static word => word.Term.Length > 0)
            .Select(static word => new TopicWord { Term = word.Term, Score = word.Score });
        return count > 0 ? words.Take(count) : words;
    }

    public static IEnumerable<ListTopicDocumentsResponse.Types.Member> Members(TopicModel model, IEnumerable<int> rows)
    {
        HashSet<int> representative =
        [
            .. model.Topics.SelectMany(static topic => topic.RepresentativeDocuments).Select(static document => document.Row),
        ];
        return rows.Select(row => new ListTopicDocumentsResponse.Types.Member
        {
            DocumentId = model.DocumentIds[row],
            TopicId = model.Assignments[row],
            Probability = model.Strengths[row],
            Representative = representative.Contains(row),
        });
    }
}
