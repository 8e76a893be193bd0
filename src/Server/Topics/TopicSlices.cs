using Google.Protobuf.Collections;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Topics;

/// <summary>Lists the topics of a version over time and per class.</summary>
internal sealed class TopicSlices(ModelRegistry models, SliceReader reader)
{
    private const int DefaultPoints = 1000;
    private const int MaxPoints = 10_000;

    public async Task<ListTopicsOverTimeResponse> OverTimeAsync(ListTopicsOverTimeRequest request, CancellationToken cancellationToken)
    {
        (VersionSelector selector, int first) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(selector, cancellationToken);
        VersionHandle version = lease.Handle;
        int size = Paging.Size(request.PageSize, DefaultPoints, MaxPoints);
        ViolationList violations = new();
        CheckTopics(version.Content, request.TopicIds, violations);
        Fault.ThrowIfAny(violations);
        TimeSliceOptions options = new()
        {
            BinCount = request.BinCount == 0 ? null : request.BinCount,
            GlobalTuning = !request.HasGlobalTuning || request.GlobalTuning,
            EvolutionTuning = !request.HasEvolutionTuning || request.EvolutionTuning,
        };
        (IReadOnlyList<TimeSlice> slices, int undated) = await reader.OverTimeAsync(version, options, cancellationToken);
        (DateTimeOffset Time, TopicSlice Topic)[] points =
        [
            .. slices
                .SelectMany(static slice => slice.Topics.Select(topic => (slice.Time, topic)))
                .Where(point => IsRequested(request.TopicIds, point.topic)),
        ];
        ListTopicsOverTimeResponse response = new() { ModelVersion = version.Name, UndatedCount = undated };
        int next = BoundedPage.Take(
            points,
            first,
            size,
            static point => TopicQueryMapping.ToProto(point.Time, point.Topic),
            response.Points);
        response.NextPageToken = next < points.Length ? VersionPage.Write(version, next) : string.Empty;
        return response;
    }

    public async Task<ListTopicsPerClassResponse> PerClassAsync(ListTopicsPerClassRequest request, CancellationToken cancellationToken)
    {
        (VersionSelector selector, int first) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(selector, cancellationToken);
        VersionHandle version = lease.Handle;
        int size = Paging.Size(request.PageSize, DefaultPoints, MaxPoints);
        ViolationList violations = new();
        CheckTopics(version.Content, request.TopicIds, violations);
        Fault.ThrowIfAny(violations);
        bool globalTuning = !request.HasGlobalTuning || request.GlobalTuning;
        (IReadOnlyList<ClassSlice> slices, int unclassified) =
            await reader.PerClassAsync(version, request.Attribute, globalTuning, cancellationToken);
        (string Class, TopicSlice Topic)[] points =
        [
            .. slices
                .SelectMany(static slice => slice.Topics.Select(topic => (slice.Class, topic)))
                .Where(point => IsRequested(request.TopicIds, point.topic)),
        ];
        ListTopicsPerClassResponse response = new() { ModelVersion = version.Name, UnclassifiedCount = unclassified };
        int next = BoundedPage.Take(
            points,
            first,
            size,
            static point => TopicQueryMapping.ToProto(point.Class, point.Topic),
            response.Points);
        response.NextPageToken = next < points.Length ? VersionPage.Write(version, next) : string.Empty;
        return response;
    }

    private static bool IsRequested(RepeatedField<int> topicIds, TopicSlice topic) => topicIds.Count == 0 || topicIds.Contains(topic.TopicId);

    private static void CheckTopics(TopicModel model, IEnumerable<int> topicIds, ViolationList violations)
    {
        foreach (int topicId in topicIds.Where(topicId => model.Find(topicId) is null))
        {
            violations.Add("topic_ids", FormattableString.Invariant($"the version has no topic {topicId}"));
        }
    }
}
