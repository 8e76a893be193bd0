using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Predicting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Maps;

/// <summary>Places a text on the map of a version.</summary>
internal sealed class TextLocation(ModelRegistry models, MapComputation computation, EmbeddingExecutors executors)
{
    public async Task<LocateTextResponse> LocateAsync(LocateTextRequest request, CancellationToken cancellationToken)
    {
        TextRules.CheckTextOrEmbedding(request.Text, request.Embedding);
        using VersionLease lease = await models.AcquireAsync(ModelMapping.FromProto(request.Selector), cancellationToken);
        VersionHandle version = lease.Handle;
        float[] embedding = await EmbeddingAsync(request, version, cancellationToken);
        if (version.Content.DocumentVectors is null)
        {
            throw Fault.NotAvailable("The version stores no embeddings, so a text has no position on its map.");
        }

        Matrix points = await computation.PointsAsync(version, cancellationToken);
        DocumentPosition position = version.DocumentMap.Placement(points).Place(embedding);
        return new LocateTextResponse
        {
            ModelVersion = version.Name,
            X = position.X,
            Y = position.Y,
            NearestRow = position.NearestRow,
        };
    }

    private async Task<float[]> EmbeddingAsync(LocateTextRequest request, VersionHandle version, CancellationToken cancellationToken)
    {
        if (request.Embedding.Count > 0)
        {
            return EmbeddingRules.Check(request.Embedding, version.Content.Embedder.Dimension, "embedding");
        }

        version.RequireTextEncoder();
        EmbeddingOutcome text = await executors.EmbedAsync(request.Text, EmbeddingPriority.Interactive, deadline: null, cancellationToken);
        return text.Cost.IsUnknown ? throw Fault.InputUnknown("text") : text.Vector;
    }
}
