using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Prediction by the nearest topic centroid: highest cosine, the first one if several are equal. The outlier topic takes part.
/// </summary>
internal sealed class CentroidPredictor
{
    private const int StackLimit = 256;
    private readonly LaneDots _centroids;
    private readonly double[] _norms;
    private readonly int _outlierOffset;

    public CentroidPredictor(Matrix centroids, int outlierOffset)
    {
        _centroids = new LaneDots(centroids);
        _outlierOffset = outlierOffset;
        _norms = new double[centroids.Rows];
        for (int row = 0; row < _norms.Length; row++)
        {
            _norms[row] = Math.Sqrt(Dot(centroids.Row(row), centroids.Row(row)));
        }
    }

    public TopicPrediction Predict(ReadOnlySpan<float> embedding, bool allTopics)
    {
        int rows = _norms.Length;
        Span<double> cosines = rows <= StackLimit ? stackalloc double[rows] : new double[rows];
        Cosines(embedding, cosines);
        int best = -1;
        for (int row = 0; row < rows; row++)
        {
            best = best < 0 || cosines[row] > cosines[best] ? row : best;
        }

        if (best < 0)
        {
            return new TopicPrediction(-1, 0, [], double.NaN);
        }

        double outlier = allTopics && _outlierOffset == 1 ? cosines[0] : double.NaN;
        return new TopicPrediction(best - _outlierOffset, cosines[best], allTopics ? cosines[_outlierOffset..].ToArray() : [], outlier);
    }

    /// <summary>Finds the nearest topic without the outlier topic, the first one if several are equal.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <returns>Topic and cosine; topic −1 if the model has no topic.</returns>
    public (int TopicId, double Similarity) NearestTopic(ReadOnlySpan<float> embedding)
    {
        int rows = _norms.Length;
        Span<double> cosines = rows <= StackLimit ? stackalloc double[rows] : new double[rows];
        Cosines(embedding, cosines);
        int best = -1;
        for (int row = _outlierOffset; row < rows; row++)
        {
            best = best < 0 || cosines[row] > cosines[best] ? row : best;
        }

        return best < 0 ? (-1, 0) : (best - _outlierOffset, cosines[best]);
    }

    /// <summary>Computes the cosine with each row; 0 if it is undefined.</summary>
    public void Cosines(ReadOnlySpan<float> embedding, Span<double> cosines)
    {
        double norm = Math.Sqrt(Dot(embedding, embedding));
        _centroids.Compute(embedding, cosines);
        for (int row = 0; row < _norms.Length; row++)
        {
            double scale = norm * _norms[row];
            double cosine = scale > 0 ? cosines[row] / scale : 0;
            cosines[row] = double.IsFinite(cosine) ? cosine : 0;
        }
    }

    /// <summary>Returns the cosine of each document to the nearest centroid.</summary>
    /// <param name="embeddings">One embedding per document.</param>
    /// <param name="centroids">Topic rows × dimension values.</param>
    /// <param name="assignments">The topics of the centroids.</param>
    public static double[] Strengths(Matrix embeddings, double[] centroids, TopicAssignments assignments)
    {
        Matrix rows = new(assignments.RowCount, embeddings.Columns, Array.ConvertAll(centroids, value => (float)value));
        CentroidPredictor nearest = new(rows, assignments.OutlierOffset);
        double[] strengths = new double[embeddings.Rows];
        for (int row = 0; row < strengths.Length; row++)
        {
            strengths[row] = nearest.Predict(embeddings.Row(row), allTopics: false).Probability;
        }

        return strengths;
    }

    private static double Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }

        return sum;
    }
}
