using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Semi-supervised graph: weakens edges between documents of different classes strongly and edges with an unlabeled end
/// slightly, then rescales every row to a maximum weight of 1 (umap-learn's <c>categorical_simplicial_set_intersection</c>
/// and <c>reset_local_connectivity</c>, target weight 0.5).
/// </summary>
internal static class TargetIntersection
{
    /// <summary>Class of an unlabeled document.</summary>
    public const int Unlabeled = -1;

    /// <summary>Distance between two classes, 2.5 / (1 − target weight).</summary>
    private const double FarDistance = 5.0;
    private const double UnknownDistance = 1.0;

    public static CsrMatrix<float> Apply(CsrMatrix<float> graph, int[] targets, int threads, CancellationToken cancellationToken)
    {
        float far = (float)Math.Exp(-FarDistance);
        float unknown = (float)Math.Exp(-UnknownDistance);
        float[] values = new float[graph.Values.Length];
        for (int row = 0; row < graph.Rows; row++)
        {
            float heaviest = 0f;
            for (int i = graph.RowStarts[row]; i < graph.RowStarts[row + 1]; i++)
            {
                int label = targets[row];
                int other = targets[graph.ColumnIndices[i]];
                float factor = label == Unlabeled || other == Unlabeled ? unknown : label != other ? far : 1f;
                values[i] = graph.Values[i] * factor;
                heaviest = Math.Max(heaviest, values[i]);
            }

            if (heaviest > 0f)
            {
                Span<float> own = values.AsSpan(graph.RowStarts[row], graph.RowStarts[row + 1] - graph.RowStarts[row]);
                System.Numerics.Tensors.TensorPrimitives.Divide(own, heaviest, own);
            }
        }

        CsrMatrix<float> directed = new(graph.Columns, graph.RowStarts, graph.ColumnIndices, values);
        return FuzzyGraph.Union(directed, mixRatio: 1.0, threads, cancellationToken);
    }
}
