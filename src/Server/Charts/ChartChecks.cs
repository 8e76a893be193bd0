using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Topics;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Charts;

/// <summary>Limits of a chart's request.</summary>
internal static class ChartChecks
{
    private const int MaxTopics = 1000;

    /// <summary>Checks every field that the kind of chart reads.</summary>
    /// <exception cref="Errors.ServiceException">A field is out of range.</exception>
    public static void Run(TopicModel model, RenderChartRequest request)
    {
        SettingsChecks checks = new();
        checks.Range("max_topics", request.MaxTopics, 0, MaxTopics);
        checks.Range("word_count", request.WordCount, 0, 50);
        checks.Range("sample", request.Sample, 0, 1);
        (int least, int most) = request.Kind == RenderChartRequest.Types.Kind.Bars ? (100, 5000) : (300, 10_000);
        Side("width", request.Width, least, most, checks);
        Side("height", request.Height, least, most, checks);
        foreach (int id in request.TopicIds.Where(id => id < 0 || model.Find(id) is null))
        {
            checks.Add("topic_ids", FormattableString.Invariant($"the version has no topic {id} to draw"));
        }

        if (request.HasMinProbability)
        {
            checks.Range("min_probability", request.MinProbability, 0, 1);
        }

        if (request.HasColorThreshold && !(request.ColorThreshold is >= 0 and <= double.MaxValue))
        {
            checks.Add("color_threshold", "must be a number, 0 or more");
        }

        SliceReader.CheckBins(request.BinCount, checks);
        if (request.Kind == RenderChartRequest.Types.Kind.TopicsPerClass)
        {
            SliceReader.CheckAttribute(request.Attribute, checks);
        }

        checks.ThrowIfAny();
    }

    private static void Side(string field, int value, int least, int most, SettingsChecks checks)
    {
        if (value != 0)
        {
            checks.Range(field, value, least, most);
        }
    }
}
