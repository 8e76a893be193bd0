using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Charts;

/// <summary>Checks the requested topics of a chart against the version.</summary>
internal static class ChartChecks
{
    /// <summary>Checks that the version has every requested topic.</summary>
    /// <exception cref="ServiceException">A topic does not exist.</exception>
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

        Fault.ThrowIfAny(violations);
    }
}
