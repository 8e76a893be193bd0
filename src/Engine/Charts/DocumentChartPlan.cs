using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Contents and positions of a map of documents, in the coordinates of the points.</summary>
internal sealed class DocumentChartPlan
{
    private DocumentChartPlan(
        DocumentTrace other,
        IReadOnlyList<DocumentTrace> traces,
        (float Low, float High) x,
        (float Low, float High) y)
    {
        Other = other;
        Traces = traces;
        X = x;
        Y = y;
    }

    /// <summary>Documents of topics without color.</summary>
    public DocumentTrace Other { get; }

    /// <summary>One trace per colored topic, by ascending id.</summary>
    public IReadOnlyList<DocumentTrace> Traces { get; }

    /// <summary>Range of the cross on the first axis: the range of the points, each end extended by 15 % of its absolute value.</summary>
    public (float Low, float High) X { get; }

    /// <summary>Range of the cross on the second axis.</summary>
    public (float Low, float High) Y { get; }

    public static DocumentChartPlan Of(IReadOnlyList<Topic> topics, ReadOnlySpan<int> labels, Matrix points, DocumentChartOptions options)
    {
        Topic[] colored =
        [
            .. TopicSelection.Select(topics, options.TopicIds, options.LargestTopics)
                .Where(topic => topic.Id >= 0)
                .DistinctBy(topic => topic.Id)
                .OrderBy(topic => topic.Id),
        ];
        int[] sampled = DocumentSample.Rows(labels, options.Sample, options.Seed);
        List<int> other = [];
        var rowsOf = new List<int>[colored.Length];
        Dictionary<int, int> traceOf = [];
        for (int i = 0; i < colored.Length; i++)
        {
            rowsOf[i] = [];
            traceOf.Add(colored[i].Id, i);
        }

        foreach (int row in sampled)
        {
            (traceOf.TryGetValue(labels[row], out int trace) ? rowsOf[trace] : other).Add(row);
        }

        // Color 0 belongs to the first trace, the other documents, which do not use it; topics start at color 1.
        var traces = new DocumentTrace[colored.Length];
        for (int i = 0; i < colored.Length; i++)
        {
            traces[i] = Trace(TopicLabel.Short(colored[i]), ChartColors.Trace(i + 1), rowsOf[i], points);
        }

        return new DocumentChartPlan(
            Trace("other", ChartColors.OtherDocuments, other, points),
            traces,
            Range(points, sampled, 0),
            Range(points, sampled, 1));
    }

    /// <summary>Returns the extended range of all points on one axis; see <see cref="X"/>.</summary>
    public static (float Low, float High) Range(Matrix points, int axis) => Range(points, [.. Enumerable.Range(0, points.Rows)], axis);

    private static DocumentTrace Trace(string name, string color, List<int> rows, Matrix points)
    {
        double x = 0;
        double y = 0;
        foreach (int row in rows)
        {
            x += points.Row(row)[0];
            y += points.Row(row)[1];
        }

        return new DocumentTrace(name, color, [.. rows], x / rows.Count, y / rows.Count);
    }

    private static (float Low, float High) Range(Matrix points, int[] rows, int axis)
    {
        float low = float.PositiveInfinity;
        float high = float.NegativeInfinity;
        foreach (int row in rows)
        {
            float value = points.Row(row)[axis];
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (rows.Length == 0)
        {
            return (0, 1);
        }

        low -= Math.Abs(low * 0.15f);
        high += Math.Abs(high * 0.15f);
        return high > low ? (low, high) : (low - 1, high + 1);
    }
}
