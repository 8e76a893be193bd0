using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Charts;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Topics;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Topic = TopicGrpc.Engine.Topics.Topic;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>TopicService</c>.</summary>
internal sealed class TopicRpc(ModelRegistry models, TopicSearch search, TopicSlices slices, ChartRenderer charts) : TopicService.TopicServiceBase
{
    private const int DefaultDocuments = 1000;
    private const int MaxDocuments = 5000;

    /// <inheritdoc/>
    public override async Task<ListTopicsResponse> ListTopics(ListTopicsRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize);
        (VersionChoice choice, int next) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(choice, context.CancellationToken);
        TopicModel model = lease.Handle.Content;
        string version = Name(lease);
        ListTopicsResponse response = new() { ModelVersion = version, OutlierCount = model.Report.Outliers };
        next = BoundedPage.Take(
            model.Topics, next, size, topic => TopicMapping.ToProto(topic, model, version, request.WordCount, request.OmitRepresentativeDocuments), response.Topics);
        response.NextPageToken = next < model.Topics.Count ? VersionPage.Write(lease.Handle, next) : string.Empty;
        return response;
    }

    /// <inheritdoc/>
    public override async Task<GetTopicResponse> GetTopic(GetTopicRequest request, ServerCallContext context)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), context.CancellationToken);
        Topic topic = Find(request, lease);
        return new GetTopicResponse { Topic = TopicMapping.ToProto(topic, lease.Handle.Content, Name(lease), 0, omitRepresentatives: false) };
    }

    /// <inheritdoc/>
    public override async Task<ListTopicDocumentsResponse> ListTopicDocuments(ListTopicDocumentsRequest request, ServerCallContext context)
    {
        int size = Paging.Size(request.PageSize, DefaultDocuments, MaxDocuments);
        (VersionChoice choice, int first) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(choice, context.CancellationToken);
        TopicModel model = lease.Handle.Content;
        if (request.HasTopicId && model.Find(request.TopicId) is null)
        {
            throw Fault.TopicNotFound(Name(lease), request.TopicId);
        }

        List<int> rows = [];
        int row = first;
        for (; row < model.Assignments.Length && rows.Count < size; row++)
        {
            if (!request.HasTopicId || model.Assignments[row] == request.TopicId)
            {
                rows.Add(row);
            }
        }

        ListTopicDocumentsResponse response = new()
        {
            ModelVersion = Name(lease),
            NextPageToken = row < model.Assignments.Length ? VersionPage.Write(lease.Handle, row) : string.Empty,
        };
        response.Members.AddRange(TopicMapping.Members(model, rows));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<SearchTopicsResponse> SearchTopics(SearchTopicsRequest request, ServerCallContext context)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), context.CancellationToken);
        return await search.FindAsync(lease.Handle, request, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<GetTopicHierarchyResponse> GetTopicHierarchy(GetTopicHierarchyRequest request, ServerCallContext context)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), context.CancellationToken);
        IReadOnlyList<HierarchyMerge> merges = lease.Handle.Queries.Ask(static queries => queries.Hierarchy());
        return TopicQueryMapping.ToProto(merges, Name(lease));
    }

    /// <inheritdoc/>
    public override async Task<ListTopicsOverTimeResponse> ListTopicsOverTime(ListTopicsOverTimeRequest request, ServerCallContext context)
    {
        (VersionChoice choice, int first) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(choice, context.CancellationToken);
        return await slices.OverTimeAsync(lease.Handle, request, first, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<ListTopicsPerClassResponse> ListTopicsPerClass(ListTopicsPerClassRequest request, ServerCallContext context)
    {
        (VersionChoice choice, int first) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(choice, context.CancellationToken);
        return await slices.PerClassAsync(lease.Handle, request, first, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override async Task<RenderChartResponse> RenderChart(RenderChartRequest request, ServerCallContext context)
    {
        VersionChoice choice = ModelMapping.FromProto(request.Selector);
        using VersionLease lease = await models.AcquireAsync(choice, context.CancellationToken);
        string chart = await charts.RenderAsync(lease.Handle, request, context.CancellationToken);
        return new RenderChartResponse { ContentType = "image/svg+xml", Content = ByteString.CopyFromUtf8(chart), ModelVersion = Name(lease) };
    }

    private static Topic Find(GetTopicRequest request, VersionLease lease)
    {
        if (request.TopicUid.Length == 0)
        {
            return lease.Handle.Content.Find(request.TopicId) ?? throw Fault.TopicNotFound(Name(lease), request.TopicId);
        }

        return lease.Handle.Content.Find(request.TopicUid) ?? throw Fault.TopicNotFound(Name(lease), request.TopicUid);
    }

    private static string Name(VersionLease lease) => ResourceNames.Version(lease.Handle.Model, lease.Handle.Number);
}
