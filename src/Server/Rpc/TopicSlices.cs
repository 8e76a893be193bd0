using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Mapping;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Rpc;

/// <summary>Topics of a version in parts of its documents: by time and by class.</summary>
internal sealed class TopicSlices(TrainingDocuments training)
{
    private const int DefaultPoints = 1000;
    private const int MaxPoints = 10_000;
    private const int MaxTimes = 1000;

    public async Task<ListTopicsOverTimeResponse> OverTimeAsync(VersionHandle version, ListTopicsOverTimeRequest request, int first, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize, DefaultPoints, MaxPoints);
        SettingsChecks checks = new();
        checks.Range("bin_count", request.BinCount, 0, MaxTimes);
        CheckTopics(version.Content, request.TopicIds, checks);
        checks.ThrowIfAny();
        IReadOnlyList<Document> documents = await training.ReadAsync(version, cancellationToken);
        Document[] dated = [.. documents.Where(static document => document.Time is not null)];
        if (dated.Length == 0)
        {
            throw Fault.NotAvailable("No document that the version was fitted on has a time.");
        }

        int distinct = dated.Select(static document => document.Time!.Value.UtcTicks).Distinct().Count();
        if (request.BinCount == 0 && distinct > MaxTimes)
        {
            throw Fault.InvalidField("bin_count", FormattableString.Invariant($"must be set: the documents have {distinct} distinct times, at most {MaxTimes} are listed one by one"));
        }

        TimeSliceOptions options = new()
        {
            BinCount = request.BinCount == 0 ? null : request.BinCount,
            GlobalTuning = !request.HasGlobalTuning || request.GlobalTuning,
            EvolutionTuning = !request.HasEvolutionTuning || request.EvolutionTuning,
        };
        (DateTimeOffset Time, TopicSlice Topic)[] points =
        [
            .. version.Queries.Ask(queries => queries.OverTime(dated, options, cancellationToken))
                .SelectMany(static slice => slice.Topics.Select(topic => (slice.Time, topic)))
                .Where(point => request.TopicIds.Count == 0 || request.TopicIds.Contains(point.topic.TopicId)),
        ];
        ListTopicsOverTimeResponse response = new() { ModelVersion = Name(version), UndatedCount = documents.Count - dated.Length };
        int next = BoundedPage.Take(points, first, size, static point => TopicQueryMapping.ToProto(point.Time, point.Topic), response.Points);
        response.NextPageToken = next < points.Length ? VersionPage.Write(version, next) : string.Empty;
        return response;
    }

    public async Task<ListTopicsPerClassResponse> PerClassAsync(VersionHandle version, ListTopicsPerClassRequest request, int first, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize, DefaultPoints, MaxPoints);
        SettingsChecks checks = new();
        checks.Text("attribute", request.Attribute, GuidanceMapping.MaxAttributeBytes);
        CheckTopics(version.Content, request.TopicIds, checks);
        checks.ThrowIfAny();
        IReadOnlyList<Document> documents = await training.ReadAsync(version, cancellationToken);
        Document[] classified = [.. documents.Where(document => document.Attributes?.ContainsKey(request.Attribute) == true)];
        if (classified.Length == 0)
        {
            throw Fault.NotAvailable($"No document that the version was fitted on has the attribute '{request.Attribute}'.");
        }

        bool globalTuning = !request.HasGlobalTuning || request.GlobalTuning;
        (string Class, TopicSlice Topic)[] points =
        [
            .. version.Queries.Ask(queries => queries.PerClass(classified, request.Attribute, globalTuning, cancellationToken))
                .SelectMany(static slice => slice.Topics.Select(topic => (slice.Class, topic)))
                .Where(point => request.TopicIds.Count == 0 || request.TopicIds.Contains(point.topic.TopicId)),
        ];
        ListTopicsPerClassResponse response = new() { ModelVersion = Name(version), UnclassifiedCount = documents.Count - classified.Length };
        int next = BoundedPage.Take(points, first, size, static point => TopicQueryMapping.ToProto(point.Class, point.Topic), response.Points);
        response.NextPageToken = next < points.Length ? VersionPage.Write(version, next) : string.Empty;
        return response;
    }

    private static void CheckTopics(TopicModel model, IEnumerable<int> topics, SettingsChecks checks)
    {
        foreach (int topic in topics.Where(topic => PredictionMapping.Find(model, topic) is null))
        {
            checks.Add("topic_ids", FormattableString.Invariant($"the version has no topic {topic}"));
        }
    }

    private static string Name(VersionHandle version) => ResourceNames.Version(version.Model, version.Number);
}
