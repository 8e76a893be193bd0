using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Topics;

/// <summary>Reads the layers of a version and their topics.</summary>
internal sealed class LayerListing(ModelRegistry models)
{
    public async Task<ListTopicLayersResponse> ListAsync(ListTopicLayersRequest request, CancellationToken cancellationToken)
    {
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        TopicModel model = lease.Handle.Content;
        ListTopicLayersResponse response = new() { ModelVersion = lease.Handle.Name };
        response.Layers.AddRange(LayerMapping.ToProto(model.Layers ?? throw LayerMapping.NotAvailable(), model));
        return response;
    }

    public async Task<ListLayerTopicsResponse> ListTopicsAsync(ListLayerTopicsRequest request, CancellationToken cancellationToken)
    {
        int size = Paging.Size(request.PageSize);
        (VersionSelector selector, int next) = VersionPage.Read(request.PageToken, ModelMapping.FromProto(request.Selector));
        using VersionLease lease = await models.AcquireAsync(selector, cancellationToken);
        VersionHandle version = lease.Handle;
        TopicModel model = version.Content;
        TopicLayers layers = model.Layers ?? throw LayerMapping.NotAvailable();
        int layer = layers.IndexOf(request.Layer);
        if (layer < 0)
        {
            throw Fault.LayerNotFound(version.Name, request.Layer, LayerMapping.ToProto(layers, model).Select(static one => one.Layer));
        }

        int count = layers.At(layer)?.Topics.Count ?? layers.TopicParents.Count;
        ListLayerTopicsResponse response = new() { ModelVersion = version.Name };
        next = BoundedPage.Take(
            [.. Enumerable.Range(0, count)],
            next,
            size,
            topic => LayerMapping.ToProto(model, layer, topic, request.WordCount),
            response.Topics);
        response.NextPageToken = next < count ? VersionPage.Write(version, next) : string.Empty;
        return response;
    }
}
