using Google.Protobuf.Collections;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Topics;

/// <summary>Lists the topics of a version over time and per class.</summary>
internal sealed class TopicSlices(ModelRegistry models, SliceReader reader, QueryLane lane)
{
    private const int DefaultPoints = 1000;
    private const int MaxPoints = 10_000;

    public async Task<ListTopicsOverTimeResponse> OverTimeAsync(ListTopicsOverTimeRequest request, CancellationToken cancellationToken)
    {
        (VersionSelector selector, int first) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(selector, cancellationToken);
        VersionHandle version = lease.Handle;
        int size = Paging.Size(request.PageSize, DefaultPoints, MaxPoints);
        HashSet<int> requested = Requested(version.Content, request.TopicIds);
        TimeSliceOptions options = new()
        {
            BinCount = request.BinCount == 0 ? null : request.BinCount,
            GlobalTuning = !request.HasGlobalTuning || request.GlobalTuning,
            EvolutionTuning = !request.HasEvolutionTuning || request.EvolutionTuning,
        };
        (IReadOnlyList<TimeSlice> slices, int undated) = await lane.RunAsync(
            () => reader.OverTimeAsync(version, request.Corpus, options, cancellationToken),
            cancellationToken);
        (DateTimeOffset Time, TopicSlice Topic)[] points =
        [
            .. slices
                .SelectMany(static slice => slice.Topics.Select(topic => (slice.Time, topic)))
                .Where(point => requested.Count == 0 || requested.Contains(point.topic.TopicId)),
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
        HashSet<int> requested = Requested(version.Content, request.TopicIds);
        bool globalTuning = !request.HasGlobalTuning || request.GlobalTuning;
        (IReadOnlyList<ClassSlice> slices, int unclassified) = await lane.RunAsync(
            () => reader.PerClassAsync(version, request.Corpus, request.Attribute, globalTuning, cancellationToken),
            cancellationToken);
        (string Class, TopicSlice Topic)[] points =
        [
            .. slices
                .SelectMany(static slice => slice.Topics.Select(topic => (slice.Class, topic)))
                .Where(point => requested.Count == 0 || requested.Contains(point.topic.TopicId)),
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

    private static HashSet<int> Requested(TopicModel model, RepeatedField<int> topicIds)
    {
        HashSet<int> requested = [.. topicIds];
        ViolationList violations = new();
        foreach (int topicId in requested)
        {
            if (model.Find(topicId) is null)
            {
                violations.Add("topic_ids", FormattableString.Invariant($"the version has no topic {topicId}"));
            }
        }

        Fault.ThrowIfAny(violations);
        return requested;
    }
}
