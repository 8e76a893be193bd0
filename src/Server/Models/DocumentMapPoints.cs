using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Two-dimensional points of a version's training documents. If the version does not store them, the first chart that needs them computes
/// them and concurrent callers wait.
/// </summary>
internal sealed class DocumentMapPoints(TopicModel content)
{
    private readonly Lock _gate = new();
    private Matrix? _points = content.MapPoints;

    /// <summary>Returns one row of two coordinates per document.</summary>
    /// <returns>Null if the version stores no embeddings.</returns>
    public Matrix? Get(ComputeOptions compute, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_points is null && content.DocumentVectors is { } vectors)
            {
                _points = DocumentMap.Compute(vectors, content.Report.Seed, compute, null, cancellationToken);
            }

            return _points;
        }
    }
}
