using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>
/// Places new texts on the map of a model's documents (<see cref="DocumentMap"/>), as UMAP's <c>transform</c> does. Immutable and
/// thread-safe.
/// </summary>
public sealed class DocumentPlacement
{
    private readonly UmapModel _layout;

    /// <summary>Prepares the placement. Uses the search index of the model, if it has one for the cosine distance.</summary>
    /// <param name="model">Model with embeddings of its documents.</param>
    /// <param name="points">n × 2 coordinates of its documents. The array is not copied.</param>
    /// <exception cref="ArgumentException">The model keeps no embeddings, or the matrix has another shape.</exception>
    public DocumentPlacement(TopicModel model, Matrix points)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(points);
        Matrix vectors = model.DocumentVectors ?? throw new ArgumentException("The model keeps no embeddings.", nameof(model));
        UmapOptions options = DocumentMap.Options(model.Report.Seed);
        (double a, double b) = CurveFit.Fit(options.Spread, options.MinDistance);
        RowIndex? index = model is { Layout: { Options.Metric: DistanceMetric.Cosine } layout, State.Sample: null }
            ? layout.Index
            : model.State.DocumentIndex;
        index ??= RowIndex.Build(vectors, DistanceMetric.Cosine).Excluding(model.ErasedRows);
        _layout = new UmapModel(
            options with { ComponentCount = 2, Metric = DistanceMetric.Cosine }, a, b, vectors, points, index);
    }

    /// <summary>
    /// Places a text. The position depends on the embedding and the model only; a text with the embedding of a training document has the
    /// position of that document.
    /// </summary>
    /// <param name="embedding">Embedding of the text, finite.</param>
    /// <returns>The position.</returns>
    /// <exception cref="ArgumentException">The embedding has another dimension than the model, or the model has no documents.</exception>
    public DocumentPosition Place(ReadOnlySpan<float> embedding)
    {
        Span<float> position = stackalloc float[2];
        NearRows near = _layout.Place(embedding, position);
        return new DocumentPosition(position[0], position[1], near.Nearest);
    }
}
