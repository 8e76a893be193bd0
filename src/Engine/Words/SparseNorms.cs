using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>Norms of sparse rows, for cosine similarities.</summary>
internal static class SparseNorms
{
    /// <summary>Returns the Euclidean norm of each row.</summary>
    public static double[] Of(CsrMatrix<double> matrix)
    {
        double[] norms = new double[matrix.Rows];
        for (int row = 0; row < norms.Length; row++)
        {
            double sum = 0;
            foreach (double value in matrix.RowValues(row))
            {
                sum += value * value;
            }

            norms[row] = Math.Sqrt(sum);
        }

        return norms;
    }
}
