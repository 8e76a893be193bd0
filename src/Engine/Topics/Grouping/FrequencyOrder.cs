namespace TopicGrpc.Engine.Topics.Grouping;

/// <summary>
/// Numbers of topics by descending size from 0. Topics of equal size keep the order of their first documents; BERTopic uses an unstable
/// sort for more than 16 topics.
/// </summary>
internal static class FrequencyOrder
{
    /// <summary>Returns the new number of each topic; −1 for a topic without documents.</summary>
    /// <param name="labels">Topic of each document; −1 is ignored.</param>
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
