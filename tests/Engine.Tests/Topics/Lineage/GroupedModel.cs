using System.Globalization;
using TopicGrpc.Engine.Tests.Topics.Operations;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Tests.Topics.Lineage;

/// <summary>Models that are given by who is with whom.</summary>
internal static class GroupedModel
{
    /// <summary>A model of groups of documents; a document in none is an outlier. Topics are numbered in the order given.</summary>
    /// <param name="documents">How many documents, from <c>d0000</c>.</param>
    /// <param name="groups">Documents of each topic.</param>
    public static TopicModel Of(int documents, params IEnumerable<int>[] groups) => Of([.. Enumerable.Range(0, documents)], null, groups);

    /// <summary>As above, of some documents only, and with a direction for each topic.</summary>
    public static TopicModel Of(int[] documents, IReadOnlyList<double[]>? directions, params IEnumerable<int>[] groups)
    {
        int[] labels = new int[documents.Length];
        Array.Fill(labels, -1);
        for (int topic = 0; topic < groups.Length; topic++)
        {
            foreach (int document in groups[topic])
            {
                labels[Array.IndexOf(documents, document)] = topic;
            }
        }

        List<(string, double[])> topics =
        [
            .. groups
                .Select((_, topic) => (string.Create(CultureInfo.InvariantCulture, $"word{topic}"), directions?[topic] ?? [1.0, topic, 0])),
        ];
        if (labels.Contains(-1))
        {
            topics.Insert(0, ("none", [0, 0, 1]));
        }

        string[] ids = [.. documents.Select(document => string.Create(CultureInfo.InvariantCulture, $"d{document:D4}"))];
        return SketchedModel.Create(ids, labels, topics);
    }

    public static IEnumerable<int> Range(int first, int end) => Enumerable.Range(first, end - first);

    /// <summary>Uids of topics 0, 1, ….</summary>
    public static string[] Uids(this TopicModel model) =>
        [.. model.Topics.Where(static topic => topic.Id >= 0).Select(static topic => topic.Uid)];
}
