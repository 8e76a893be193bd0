using System.Text.Json;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Charts;

/// <summary>
/// Points of a trace of BERTopic's document map. BERTopic stores the mean of the trace at the row labeled with its number of documents. If
/// the trace has a document with this label, the mean overwrites the document instead of following the others.
/// </summary>
internal sealed class RecordedTrace
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly int _mean;

    /// <param name="trace">The trace.</param>
    /// <param name="ours">Trace of the engine; locates the mean if no text marks it.</param>
    public RecordedTrace(JsonElement trace, DocumentTrace ours)
    {
        _x = Figure.Numbers(trace.GetProperty("x"));
        _y = Figure.Numbers(trace.GetProperty("y"));
        Name = trace.GetProperty("name").GetString()!;
        _mean = MarkedMean(trace) ?? (_x.Length == ours.Rows.Length + 1 ? _x.Length - 1 : Nearest(ours));
    }

    public string Name { get; }

    /// <summary>Coordinates of the mean.</summary>
    public double[] Mean => [_x[_mean], _y[_mean]];

    /// <summary>
    /// Returns the number of documents on only one side, in any order because BERTopic's is random. One document is missing without
    /// counting if the mean overwrote it.
    /// </summary>
    public int Differing(DocumentTrace ours, Matrix points)
    {
        Dictionary<(float X, float Y), int> open = [];
        foreach (int row in ours.Rows)
        {
            (float, float) place = (points.Row(row)[0], points.Row(row)[1]);
            open[place] = open.GetValueOrDefault(place) + 1;
        }

        int onlyTheirs = 0;
        for (int i = 0; i < _x.Length; i++)
        {
            var place = ((float)_x[i], (float)_y[i]);
            if (i == _mean)
            {
                continue;
            }

            int left = open.GetValueOrDefault(place);
            onlyTheirs += left > 0 ? 0 : 1;
            open[place] = left - 1;
        }

        int onlyOurs = open.Values.Where(static count => count > 0).Sum();
        bool isOverwritten = _x.Length == ours.Rows.Length && onlyTheirs == 0;
        return onlyTheirs + onlyOurs - (isOverwritten ? 1 : 0);
    }

    /// <summary>Returns the index of the only point with a text; null if there is none.</summary>
    private static int? MarkedMean(JsonElement trace)
    {
        if (!trace.TryGetProperty("text", out JsonElement text) || text.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        int[] marked =
        [
            .. text.EnumerateArray().Select(static (value, index) => (Value: value, Index: index))
                .Where(static entry => entry.Value.ValueKind == JsonValueKind.String && entry.Value.GetString()!.Length > 0)
                .Select(static entry => entry.Index),
        ];
        return marked.Length == 1 ? marked[0] : null;
    }

    private int Nearest(DocumentTrace ours)
    {
        int nearest = 0;
        double least = double.PositiveInfinity;
        for (int i = 0; i < _x.Length; i++)
        {
            double distance = Math.Abs(_x[i] - ours.MeanX) + Math.Abs(_y[i] - ours.MeanY);
            (nearest, least) = distance < least ? (i, distance) : (nearest, least);
        }

        return nearest;
    }
}
