using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Topics;

/// <content>Topics at other resolutions.</content>
public partial class TopicsClient
{
    private static readonly RpcMethod LayersMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.ListTopicLayers));
    private static readonly RpcMethod LayerTopicsMethod = RpcMethod.Of(
        Wire.TopicService.Descriptor, nameof(Wire.TopicService.TopicServiceClient.ListLayerTopics));

    /// <summary>Returns the layers of a version: the resolutions at which it has topics.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The layers, the finest first.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">The version has no layers (NOT_AVAILABLE), or another failure.</exception>
    public virtual async Task<TopicLayers> ListLayersAsync(ModelSelector model, CancellationToken cancellationToken = default)
    {
        Wire.ListTopicLayersRequest request = new() { Selector = SelectorMapping.Map(model) };
        Wire.ListTopicLayersResponse response = await _core.Calls.RunAsync(
            LayersMethod, CallClass.Read, _stub.ListTopicLayersAsync, request, cancellationToken).ConfigureAwait(false);
        return LayerMapping.Map(response);
    }

    /// <summary>Returns the topics of one layer. A label that moves during the call does not mix versions.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="layer">Name of the layer, such as <c>coarser-1</c>; <see cref="ListLayersAsync"/> returns the names.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The topics.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.ResourceNotFoundException">The version has no such layer.</exception>
    /// <exception cref="Errors.TopicGrpcException">The version has no layers (NOT_AVAILABLE), or another failure.</exception>
    public virtual async Task<LayerTopics> ListLayerTopicsAsync(
        ModelSelector model, string layer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        Wire.ListLayerTopicsRequest request = new() { Selector = SelectorMapping.Map(model), Layer = layer, PageSize = PageSize };
        List<LayerTopic> topics = [];
        Wire.ListLayerTopicsResponse page;
        do
        {
            page = await _core.Calls.RunAsync(
                LayerTopicsMethod, CallClass.Read, _stub.ListLayerTopicsAsync, request, cancellationToken).ConfigureAwait(false);
            topics.AddRange(page.Topics.Select(LayerMapping.Map));
            request.PageToken = page.NextPageToken;
        }
        while (page.NextPageToken.Length > 0);

        (string name, long version) = WireNames.ParseVersion(page.ModelVersion);
        return new LayerTopics { Model = name, Version = version, Layer = layer, Topics = topics };
    }
}
