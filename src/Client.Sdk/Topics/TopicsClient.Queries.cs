using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Topics;

/// <content>Queries about the topics of a version.</content>
public partial class TopicsClient
{
    private const int PointPageSize = 10_000;

    private static readonly RpcMethod SearchMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.SearchTopics));
    private static readonly RpcMethod HierarchyMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.GetTopicHierarchy));
    private static readonly RpcMethod OverTimeMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.ListTopicsOverTime));
    private static readonly RpcMethod PerClassMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.ListTopicsPerClass));

    /// <summary>Finds the topics most similar to a text; BERTopic's <c>find_topics</c>.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="query">Text to search for, not only white space.</param>
    /// <param name="maxResults">Highest number of topics to return, 1 to 100. Default 5.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Topics, best first.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The query is empty or too large.</exception>
    public virtual async Task<TopicSearchResult> SearchAsync(
        ModelSelector model, string query, int maxResults = 5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxResults, 1);
        Wire.SearchTopicsRequest request = new() { Selector = SelectorMapping.Map(model), Query = query, MaxResults = maxResults };
        Wire.SearchTopicsResponse response = await _core.Calls.RunAsync(
            SearchMethod, CallClass.Read, _stub.SearchTopicsAsync, request, cancellationToken).ConfigureAwait(false);
        return TopicQueryMapping.Map(response);
    }

    /// <summary>Returns the hierarchy of the topics; BERTopic's <c>hierarchical_topics</c> and <c>get_topic_tree</c>.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The hierarchy.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    public virtual async Task<TopicHierarchy> GetHierarchyAsync(ModelSelector model, CancellationToken cancellationToken = default)
    {
        Wire.GetTopicHierarchyRequest request = new() { Selector = SelectorMapping.Map(model) };
        Wire.GetTopicHierarchyResponse response =
            await _core.Calls.RunAsync(
                HierarchyMethod, CallClass.Admin, _stub.GetTopicHierarchyAsync, request, cancellationToken).ConfigureAwait(false);
        return TopicQueryMapping.Map(response);
    }

    /// <summary>Returns words and sizes of the topics over time; BERTopic's <c>topics_over_time</c>.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="options">Bins and tuning; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Topics by time.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// The corpus was deleted or no document has a time (NOT_AVAILABLE), or another failure.
    /// </exception>
    public virtual async Task<TopicsOverTime> ListOverTimeAsync(
        ModelSelector model, TopicsOverTimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        Wire.ListTopicsOverTimeRequest request =
            TopicQueryMapping.Map(SelectorMapping.Map(model), options ?? new TopicsOverTimeOptions(), PointPageSize);
        List<TopicAtTime> points = [];
        Wire.ListTopicsOverTimeResponse page;
        do
        {
            page = await _core.Calls.RunAsync(
                OverTimeMethod, CallClass.Admin, _stub.ListTopicsOverTimeAsync, request, cancellationToken).ConfigureAwait(false);
            points.AddRange(page.Points.Select(TopicQueryMapping.Map));
            request.PageToken = page.NextPageToken;
        }
        while (page.NextPageToken.Length > 0);

        (string name, long version) = WireNames.ParseVersion(page.ModelVersion);
        return new TopicsOverTime { Model = name, Version = version, Points = points, UndatedCount = page.UndatedCount };
    }

    /// <summary>Returns words and sizes of the topics in each class of documents; BERTopic's <c>topics_per_class</c>.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="attribute">Attribute of the documents whose value is the class.</param>
    /// <param name="options">Tuning; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Topics by class.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// The corpus was deleted or no document has the attribute (NOT_AVAILABLE), or another failure.
    /// </exception>
    public virtual async Task<TopicsPerClass> ListPerClassAsync(
        ModelSelector model, string attribute, TopicsPerClassOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(attribute);
        Wire.ListTopicsPerClassRequest request =
            TopicQueryMapping.Map(SelectorMapping.Map(model), attribute, options ?? new TopicsPerClassOptions(), PointPageSize);
        List<TopicInClass> points = [];
        Wire.ListTopicsPerClassResponse page;
        do
        {
            page = await _core.Calls.RunAsync(
                PerClassMethod, CallClass.Admin, _stub.ListTopicsPerClassAsync, request, cancellationToken).ConfigureAwait(false);
            points.AddRange(page.Points.Select(TopicQueryMapping.Map));
            request.PageToken = page.NextPageToken;
        }
        while (page.NextPageToken.Length > 0);

        (string name, long version) = WireNames.ParseVersion(page.ModelVersion);
        return new TopicsPerClass { Model = name, Version = version, Points = points, UnclassifiedCount = page.UnclassifiedCount };
    }
}
