namespace TopicGrpc.Engine.Topics.Grouping;

/// <summary>
/// Numbers topics by size: 0 the largest. Equal sizes keep the order of their first document, which BERTopic leaves to
/// an unstable sort above 16 topics.
/// </summary>
internal static class FrequencyOrder
{
    /// <summary>New number of each topic; −1 for numbers without documents.</summary>
    /// <param name="labels">Topic of each document; −1 is left out.</param>
    public static int[] Rank(ReadOnlySpan<int> labels)
    {
        int count = 0;
        foreach (int label in labels)
        {
            count = Math.Max(count, label + 1);
        }

        int[] sizes = new int[count];
        List<int> topics = [];
        foreach (int label in labels)
        {
            if (label >= 0 && sizes[label]++ == 0)
            {
                topics.Add(label);
            }
        }

        int[] ranks = new int[count];
        Array.Fill(ranks, -1);
        int next = 0;
        foreach (int topic in topics.OrderByDescending(topic => sizes[topic]))
        {
            ranks[topic] = next++;
        }

        return ranks;
    }
}
