using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;
using TopicGrpc.V1;
using Topic = TopicGrpc.Engine.Topics.Topic;

namespace TopicGrpc.Server.Topics;

/// <summary>Reads the topics of a version and their hierarchy.</summary>
internal sealed class TopicListing(ModelRegistry models, QueryLane lane)
{
    private const int MaxHierarchyTopics = 2000;

    public async Task<ListTopicsResponse> ListAsync(ListTopicsRequest request, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize);
        (VersionSelector selector, int next) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(selector, cancellationToken);
        VersionHandle version = lease.Handle;
        TopicModel model = version.Content;
        ListTopicsResponse response = new() { ModelVersion = version.Name, OutlierCount = model.Report.Outliers };
        next = BoundedPage.Take(
            model.Topics,
            next,
            size,
            topic => TopicMapping.ToProto(topic, model, version.Name, request.WordCount, request.OmitRepresentativeDocuments),
            response.Topics);
        response.NextPageToken = next < model.Topics.Count ? VersionPage.Write(version, next) : string.Empty;
        return response;
    }

    public async Task<GetTopicResponse> GetAsync(GetTopicRequest request, CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        VersionHandle version = lease.Handle;
        Topic topic = Find(request, version);
        return new GetTopicResponse { Topic = TopicMapping.ToProto(topic, version.Content, version.Name, 0, omitRepresentatives: false) };
    }

    public async Task<GetTopicHierarchyResponse> GetHierarchyAsync(GetTopicHierarchyRequest request, CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        VersionHandle version = lease.Handle;
        if (version.Content.Topics.Count > MaxHierarchyTopics)
        {
            string found = FormattableString.Invariant($"The version has {version.Content.Topics.Count} topics");
            throw Fault.NotAvailable(FormattableString.Invariant(
                $"{found}, a hierarchy at most {MaxHierarchyTopics}; reduce the topics first."));
        }

        return await lane.RunAsync(
            () => Task.FromResult(TopicQueryMapping.ToProto(
                version.Queries.Ask(queries => queries.Hierarchy(cancellationToken)),
                LayerText.Draw(version.Content),
                version.Name)),
            cancellationToken);
    }

    private static Topic Find(GetTopicRequest request, VersionHandle version)
    {
        if (request.TopicUid.Length == 0)
        {
            return version.Content.Find(request.TopicId) ?? throw Fault.TopicNotFound(version.Name, request.TopicId);
        }

        return version.Content.Find(request.TopicUid) ?? throw Fault.TopicNotFound(version.Name, request.TopicUid);
    }
}
