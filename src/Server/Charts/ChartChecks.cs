using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Charts;

/// <summary>Checks the requested topics of a chart against the version.</summary>
internal static class ChartChecks
{
    private const int MaxTopics = 1000;

    /// <summary>Checks that the version has every requested topic, and that a chart of all topics has at most 1000.</summary>
    /// <exception cref="ServiceException">A topic does not exist, or there are too many topics.</exception>
    public static void Run(TopicModel model, RenderChartRequest request)
    {
        ViolationList violations = new();
        foreach (int id in request.TopicIds)
        {
            if (id < 0 || model.Find(id) is null)
            {
                violations.Add("topic_ids", FormattableString.Invariant($"the version has no topic {id}"));
            }
        }

        if (request is { TopicIds.Count: 0, MaxTopics: 0 } && model.Topics.Count > MaxTopics && DrawsAllTopics(request.Kind))
        {
            violations.Add(
                "max_topics",
                FormattableString.Invariant($"must be set: the version has {model.Topics.Count} topics, at most {MaxTopics} are drawn"));
        }

        Fault.ThrowIfAny(violations);
    }

    private static bool DrawsAllTopics(RenderChartRequest.Types.Kind kind) => kind is
        RenderChartRequest.Types.Kind.TopicMap
        or RenderChartRequest.Types.Kind.Heatmap
        or RenderChartRequest.Types.Kind.Hierarchy
        or RenderChartRequest.Types.Kind.TopicsOverTime;
}
