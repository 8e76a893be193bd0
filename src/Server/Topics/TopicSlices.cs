using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Topics;

/// <summary>Topics of a version in parts of its documents: by time and by class.</summary>
internal sealed class TopicSlices(SliceReader reader)
{
    private const int DefaultPoints = 1000;
    private const int MaxPoints = 10_000;

    public async Task<ListTopicsOverTimeResponse> OverTimeAsync(VersionHandle version, ListTopicsOverTimeRequest request, int first, CancellationToken cancellationToken)
    {
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
                .Where(point => request.TopicIds.Count == 0 || request.TopicIds.Contains(point.topic.TopicId)),
        ];
        ListTopicsOverTimeResponse response = new() { ModelVersion = Name(version), UndatedCount = undated };
        int next = BoundedPage.Take(points, first, size, static point => TopicQueryMapping.ToProto(point.Time, point.Topic), response.Points);
        response.NextPageToken = next < points.Length ? VersionPage.Write(version, next) : string.Empty;
        return response;
    }

    public async Task<ListTopicsPerClassResponse> PerClassAsync(VersionHandle version, ListTopicsPerClassRequest request, int first, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize, DefaultPoints, MaxPoints);
        ViolationList violations = new();
        CheckTopics(version.Content, request.TopicIds, violations);
        Fault.ThrowIfAny(violations);
        bool globalTuning = !request.HasGlobalTuning || request.GlobalTuning;
        (IReadOnlyList<ClassSlice> slices, int unclassified) = await reader.PerClassAsync(version, request.Attribute, globalTuning, cancellationToken);
        (string Class, TopicSlice Topic)[] points =
        [
            .. slices
                .SelectMany(static slice => slice.Topics.Select(topic => (slice.Class, topic)))
                .Where(point => request.TopicIds.Count == 0 || request.TopicIds.Contains(point.topic.TopicId)),
        ];
        ListTopicsPerClassResponse response = new() { ModelVersion = Name(version), UnclassifiedCount = unclassified };
        int next = BoundedPage.Take(points, first, size, static point => TopicQueryMapping.ToProto(point.Class, point.Topic), response.Points);
        response.NextPageToken = next < points.Length ? VersionPage.Write(version, next) : string.Empty;
        return response;
    }

    private static void CheckTopics(TopicModel model, IEnumerable<int> topics, ViolationList violations)
    {
        foreach (int topic in topics.Where(topic => model.Find(topic) is null))
        {
            violations.Add("topic_ids", FormattableString.Invariant($"the version has no topic {topic}"));
        }
    }

    private static string Name(VersionHandle version) => ResourceNames.Version(version.Model, version.Number);
}
