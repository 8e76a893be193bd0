using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics;

/// <summary>Topic of each document, with the derived number of topics and the row of each topic in a model's matrices.</summary>
internal sealed class TopicAssignments
{
    /// <param name="topics">Topic of each document: −1 for outliers, else 0, 1, … without gaps. Not copied.</param>
    public TopicAssignments(int[] topics)
    {
        Topics = topics;
        foreach (int topic in topics)
        {
            TopicCount = Math.Max(TopicCount, topic + 1);
            OutlierOffset = topic < 0 ? 1 : OutlierOffset;
        }

        Sizes = new int[RowCount];
        foreach (int topic in topics)
        {
            Sizes[topic + OutlierOffset]++;
        }
    }

    /// <summary>Topic of each document.</summary>
    public int[] Topics { get; }

    /// <summary>Number of topics without the outlier topic.</summary>
    public int TopicCount { get; }

    /// <summary>1 if there are outliers, else 0: the row of topic 0.</summary>
    public int OutlierOffset { get; }

    /// <summary>Number of topics including the outlier topic.</summary>
    public int RowCount => TopicCount + OutlierOffset;

    /// <summary>Number of documents by row.</summary>
    public int[] Sizes { get; }

    /// <summary>Returns the row of each document's topic.</summary>
    public int[] Rows() => Array.ConvertAll(Topics, topic => topic + OutlierOffset);

    /// <summary>Returns the assignments after one step.</summary>
    /// <param name="next">New topic of each topic from 0.</param>
    /// <param name="outlier">New topic of the outliers; −1: they stay outliers.</param>
    public TopicAssignments Map(ReadOnlySpan<int> next, int outlier)
    {
        int[] mapped = new int[Topics.Length];
        for (int i = 0; i < mapped.Length; i++)
        {
            mapped[i] = Topics[i] < 0 ? outlier : next[Topics[i]];
        }

        return new TopicAssignments(mapped);
    }

    /// <summary>Returns the report of a fit or an operation that ended with these assignments.</summary>
    /// <param name="stages">Time of each stage.</param>
    /// <param name="warnings">Warnings of all stages.</param>
    /// <param name="settings">Settings as used.</param>
    public FitReport Report(IReadOnlyList<StageTime> stages, IReadOnlyList<FitWarning> warnings, TopicModelOptions settings) => new()
    {
        Documents = Topics.Length,
        Topics = TopicCount,
        Outliers = OutlierOffset == 1 ? Sizes[0] : 0,
        LargestTopic = Sizes.Skip(OutlierOffset).DefaultIfEmpty(0).Max(),
        Stages = [.. stages],
        Warnings = [.. warnings],
        Settings = settings,
        Seed = settings.Layout.Seed,
    };
}
