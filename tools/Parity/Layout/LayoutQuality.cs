using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Layout;

/// <summary>
/// Trustworthiness (Venna and Kaski 2001, as in scikit-learn) and the share of preserved neighbors, on a fixed sample of
/// rows, because ranking a row costs a pass over all rows.
/// </summary>
internal sealed class LayoutQuality(Matrix rows, NeighborTable neighbors)
{
    private const int MaxSampled = 2000;
    private readonly int _k = neighbors.NeighborCount;

    public (double Trustworthiness, double Kept) Of(Matrix layout)
    {
        NeighborOptions options = new() { NeighborCount = _k + 1, Metric = DistanceMetric.Euclidean };
        NeighborTable laidOut = new NeighborSearch(options).Find(layout, ComputeOptions.Default, null, CancellationToken.None);
        int step = Math.Max(1, rows.Rows / MaxSampled);
        int sampled = (rows.Rows + step - 1) / step;
        double[] penalties = new double[sampled];
        double[] kept = new double[sampled];
        Parallel.For(0, sampled, sample =>
        {
            (penalties[sample], kept[sample]) = Row(sample * step, laidOut);
        });
        double penalty = penalties.Sum() / sampled * rows.Rows;
        double scale = 2.0 / ((double)rows.Rows * _k * ((2.0 * rows.Rows) - (3.0 * _k) - 1.0));
        return (1.0 - (scale * penalty), kept.Sum() / sampled);
    }

    private (double Penalty, double Kept) Row(int row, NeighborTable laidOut)
    {
        float[] similarities = new float[rows.Rows];
        for (int other = 0; other < rows.Rows; other++)
        {
            similarities[other] = System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(rows.Row(row), rows.Row(other));
        }

        similarities[row] = float.PositiveInfinity;
        double penalty = 0.0;
        int kept = 0;
        HashSet<int> recorded = [.. neighbors.Indices.AsSpan(row * _k, _k)];
        for (int i = 1; i <= _k; i++)
        {
            int other = laidOut.Indices[(row * (_k + 1)) + i];
            kept += i < _k && recorded.Contains(other) ? 1 : 0;
            int rank = 0;
            float similarity = similarities[other];
            foreach (float value in similarities)
            {
                rank += value > similarity ? 1 : 0;
            }

            penalty += Math.Max(0, rank - _k);
        }

        return (penalty, kept / (_k - 1.0));
    }
}
