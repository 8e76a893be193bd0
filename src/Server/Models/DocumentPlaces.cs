using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Models;

/// <summary>The training documents of a version on a plane: those that the version keeps, or else worked out when a chart first needs them; who comes meanwhile waits.</summary>
internal sealed class DocumentPlaces(TopicModel model)
{
    private readonly Lock _gate = new();
    private Matrix? _points = model.MapPoints;

    /// <summary>One row of two coordinates per document; null when the version keeps no embeddings.</summary>
    public Matrix? Get(ComputeOptions compute, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_points is null && model.DocumentVectors is { } vectors)
            {
                _points = DocumentMap.Compute(vectors, model.Report.Seed, compute, null, cancellationToken);
            }

            return _points;
        }
    }
}
