namespace TopicGrpc.Engine.Topics.Lineage;

/// <summary>Documents on which two models were both fitted, by id, counted by pair of topics.</summary>
internal sealed class SharedDocuments
{
    private readonly Dictionary<(int First, int Second), int> _pairs = [];

    public SharedDocuments(TopicModel first, TopicModel second)
    {
        First = new SharedTopics(first);
        Second = new SharedTopics(second);
        List<int> firstLabels = [];
        List<int> secondLabels = [];
        int row = 0;
        for (int other = 0; other < second.DocumentIds.Count; other++)
        {
            while (row < first.DocumentIds.Count && string.CompareOrdinal(first.DocumentIds[row], second.DocumentIds[other]) < 0)
            {
                row++;
            }

            if (row < first.DocumentIds.Count && first.DocumentIds[row] == second.DocumentIds[other])
            {
                firstLabels.Add(first.Assignments[row]);
                secondLabels.Add(second.Assignments[other]);
                Count(first.Assignments[row], second.Assignments[other]);
            }
        }

        FirstLabels = [.. firstLabels];
        SecondLabels = [.. secondLabels];
    }

    /// <summary>Topics of the first model.</summary>
    public SharedTopics First { get; }

    /// <summary>Topics of the second model.</summary>
    public SharedTopics Second { get; }

    /// <summary>Assignment of each shared document in the first model.</summary>
    public int[] FirstLabels { get; }

    /// <summary>Assignment of each shared document in the second model.</summary>
    public int[] SecondLabels { get; }

    /// <summary>Pairs of topics, except outlier topics, that share a document, in ascending order.</summary>
    public IEnumerable<(int First, int Second)> Pairs => _pairs.Keys.Order();

    /// <summary>Number of documents in both topics.</summary>
    public int this[int first, int second] => _pairs.GetValueOrDefault((first, second));

    private void Count(int first, int second)
    {
        First.Count(first, second);
        Second.Count(second, first);
        if (first >= 0 && second >= 0)
        {
            _pairs[(first, second)] = _pairs.GetValueOrDefault((first, second)) + 1;
        }
    }
}
