using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Topics;

/// <summary>Topics, their documents, queries and charts. Thread-safe.</summary>
public partial class TopicsClient
{
    private static readonly RpcMethod ListMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.ListTopics));
    private static readonly RpcMethod GetMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.GetTopic));
    private static readonly RpcMethod DocumentsMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.ListTopicDocuments));
    private static readonly RpcMethod ChartMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.RenderChart));

    private readonly ClientCore _core = null!;
    private readonly Wire.TopicService.TopicServiceClient _stub = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
    protected TopicsClient()
    {
    }

    internal TopicsClient(ClientCore core)
    {
        _core = core;
        _stub = new Wire.TopicService.TopicServiceClient(core.Invoker);
    }

    /// <summary>Returns all topics of one version. A label that moves during the call does not mix versions.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="options">Options; null for everything.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The topics.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    public virtual async Task<TopicList> ListAsync(
        ModelSelector model, ListTopicsOptions? options = null, CancellationToken cancellationToken = default)
    {
        Wire.ListTopicsRequest request = new()
        {
            Selector = SelectorMapping.Map(model),
            PageSize = PageSize,
            WordCount = options?.WordCount ?? 0,
            OmitRepresentativeDocuments = options is { IncludeRepresentativeDocuments: false },
        };
        List<TopicInfo> topics = [];
        Wire.ListTopicsResponse page;
        do
        {
            page = await _core.Calls.RunAsync(
                ListMethod, CallClass.Read, _stub.ListTopicsAsync, request, cancellationToken).ConfigureAwait(false);
            topics.AddRange(page.Topics.Select(TopicMapping.Map));
            request.PageToken = page.NextPageToken;
        }
        while (page.NextPageToken.Length > 0);

        (string name, long version) = WireNames.ParseVersion(page.ModelVersion);
        return new TopicList { Model = name, Version = version, Topics = topics, OutlierCount = page.OutlierCount };
    }

    /// <summary>Returns one topic.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="topicId">Number of the topic in the version, −1 or more.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="Errors.ResourceNotFoundException">The topic does not exist.</exception>
    public virtual async Task<TopicInfo> GetAsync(ModelSelector model, int topicId, CancellationToken cancellationToken = default)
    {
        Wire.GetTopicRequest request = new() { Selector = SelectorMapping.Map(model), TopicId = topicId };
        Wire.GetTopicResponse response =
            await _core.Calls.RunAsync(GetMethod, CallClass.Read, _stub.GetTopicAsync, request, cancellationToken).ConfigureAwait(false);
        return TopicMapping.Map(response.Topic);
    }

    /// <summary>Returns one topic by its uid.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="uid">Its <see cref="TopicInfo.Uid"/>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="ArgumentException">The uid is empty.</exception>
    /// <exception cref="Errors.ResourceNotFoundException">The version has no such topic.</exception>
    public virtual async Task<TopicInfo> GetByUidAsync(ModelSelector model, string uid, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(uid);
        Wire.GetTopicRequest request = new() { Selector = SelectorMapping.Map(model), TopicUid = uid };
        Wire.GetTopicResponse response =
            await _core.Calls.RunAsync(GetMethod, CallClass.Read, _stub.GetTopicAsync, request, cancellationToken).ConfigureAwait(false);
        return TopicMapping.Map(response.Topic);
    }

    /// <summary>Lists the assignments of the training documents, by document id in byte order.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="topicId">Only documents of this topic; null for all.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Documents.</returns>
    public virtual IAsyncEnumerable<DocumentTopic> ListDocumentsAsync(
        ModelSelector model, int? topicId = null, CancellationToken cancellationToken = default) =>
        ListDocumentsAsync(model, new ListDocumentsOptions { TopicId = topicId }, cancellationToken);

    /// <summary>
    /// Lists the training documents with their topics, by document id in byte order; optionally with texts, positions and embeddings. The
    /// client reads page by page, so memory is bounded, and a broken connection costs at most one page.
    /// </summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>. A label that moves does not mix versions.</param>
    /// <param name="options">What to return.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    /// <returns>Documents.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.ResourceNotFoundException">The version has no such topic.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// The corpus was deleted, or the version stores no embeddings (NOT_AVAILABLE), or another failure.
    /// </exception>
    public virtual IAsyncEnumerable<DocumentTopic> ListDocumentsAsync(
        ModelSelector model, ListDocumentsOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        CallClass kind = options.IncludeContent || options.IncludePosition ? CallClass.Admin : CallClass.Read;
        Wire.ModelSelector selector = SelectorMapping.Map(model);
        return Paging.ReadAsync(
            (token, ct) =>
            {
                Wire.ListTopicDocumentsRequest request = new()
                {
                    Selector = selector,
                    PageSize = DocumentPageSize,
                    PageToken = token,
                    Corpus = options.Corpus is null ? "" : WireNames.Corpus(options.Corpus),
                    IncludeContent = options.IncludeContent,
                    IncludePosition = options.IncludePosition,
                    IncludeEmbedding = options.IncludeEmbedding,
                };
                if (options.TopicId is { } topic)
                {
                    request.TopicId = topic;
                }

                return _core.Calls.RunAsync(DocumentsMethod, kind, _stub.ListTopicDocumentsAsync, request, ct);
            },
            page => page.Members.Select(member => TopicMapping.Map(member, options)),
            static page => page.NextPageToken,
            cancellationToken);
    }

    /// <summary>Renders a chart.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="kind">Kind of the chart.</param>
    /// <param name="options">Options; null for the server's defaults.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The chart.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    public virtual async Task<Chart> RenderChartAsync(
        ModelSelector model, ChartKind kind, ChartOptions? options = null, CancellationToken cancellationToken = default)
    {
        Wire.RenderChartRequest request = TopicMapping.Map(SelectorMapping.Map(model), kind, options ?? new ChartOptions());
        Wire.RenderChartResponse response =
            await _core.Calls.RunAsync(
                ChartMethod, CallClass.Admin, _stub.RenderChartAsync, request, cancellationToken).ConfigureAwait(false);
        (string name, long version) = WireNames.ParseVersion(response.ModelVersion);
        return new Chart { Svg = response.Content.ToStringUtf8(), Model = name, Version = version };
    }

    // The server ends a page earlier if the message would become too large.
    private const int PageSize = 1000;
    private const int DocumentPageSize = 5000;
}
