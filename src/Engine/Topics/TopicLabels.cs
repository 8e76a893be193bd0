namespace TopicGrpc.Engine.Topics;

/// <summary>Topic of each document, with what follows from it: the number of topics and the row of each topic in a model's matrices.</summary>
internal sealed class TopicLabels
{
    /// <param name="labels">Topic of each document: −1 for outliers, else 0, 1, … without gaps.</param>
    public TopicLabels(int[] labels)
    {
        Labels = labels;
        foreach (int label in labels)
        {
            TopicCount = Math.Max(TopicCount, label + 1);
            OutlierOffset = label < 0 ? 1 : OutlierOffset;
        }

        Sizes = new int[RowCount];
        foreach (int label in labels)
        {
            Sizes[label + OutlierOffset]++;
        }
    }

    public int[] Labels { get; }

    /// <summary>Topics, the outliers not counted.</summary>
    public int TopicCount { get; }

    /// <summary>1 if there are outliers, else 0: the row of topic 0.</summary>
    public int OutlierOffset { get; }

    /// <summary>Topics, the outliers counted.</summary>
    public int RowCount => TopicCount + OutlierOffset;

    /// <summary>Documents by row.</summary>
    public int[] Sizes { get; }

    /// <summary>Row of each document's topic.</summary>
    public int[] Rows() => Array.ConvertAll(Labels, label => label + OutlierOffset);

    /// <summary>The labels after a step.</summary>
    /// <param name="next">New topic of each topic from 0.</param>
    /// <param name="outlier">New topic of the outliers; −1: they stay.</param>
    public TopicLabels Map(ReadOnlySpan<int> next, int outlier)
    {
        int[] mapped = new int[Labels.Length];
        for (int i = 0; i < mapped.Length; i++)
        {
            mapped[i] = Labels[i] < 0 ? outlier : next[Labels[i]];
        }

        return new TopicLabels(mapped);
    }
}
