using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Two-dimensional points of a version's training documents: stored in the version, or computed once for all callers. Thread-safe.
/// </summary>
internal sealed class DocumentMapPoints(TopicModel content)
{
    private readonly Lock _gate = new();
    private Task<Matrix>? _points = content.MapPoints is { } stored ? Task.FromResult(stored) : null;
    private DocumentPlacement? _placement;

    /// <summary>Creates the points of a content that hides documents of another one; the points stay the same.</summary>
    public DocumentMapPoints(TopicModel content, DocumentMapPoints former)
        : this(content)
    {
        lock (former._gate)
        {
            _points = former._points;
        }
    }

    /// <summary>Whether the version has points or embeddings to compute them from.</summary>
    public bool IsAvailable => content.MapPoints is not null || content.DocumentVectors is not null;

    /// <summary>
    /// Returns the points: one row of two coordinates per document. Starts the computation unless one runs or has succeeded.
    /// </summary>
    /// <param name="compute">Starts the computation, which outlives the caller.</param>
    /// <param name="cancellationToken">Ends the wait, not the computation.</param>
    public Task<Matrix> GetAsync(Func<Task<Matrix>> compute, CancellationToken cancellationToken)
    {
        Task<Matrix> points;
        lock (_gate)
        {
            if (_points is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _points = compute();
            }

            points = _points;
        }

        return points.WaitAsync(cancellationToken);
    }

    /// <summary>Returns the placement of new texts among the points; prepares it at the first use.</summary>
    public DocumentPlacement Placement(Matrix points)
    {
        lock (_gate)
        {
            return _placement ??= new DocumentPlacement(content, points);
        }
    }
}
