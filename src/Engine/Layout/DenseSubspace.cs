using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Leading eigenvectors of a small graph by dense eigendecomposition.</summary>
internal static class DenseSubspace
{
    /// <summary>
    /// Returns the eigenvectors of the second to (wanted + 1)-th largest eigenvalue as n × wanted values; missing columns
    /// are zeros.
    /// </summary>
    public static (float[] Vectors, int Stride, int First) Find(CsrMatrix<float> normalized, int wanted)
    {
        int n = normalized.Rows;
        double[] matrix = new double[n * n];
        for (int row = 0; row < n; row++)
        {
            for (int i = normalized.RowStarts[row]; i < normalized.RowStarts[row + 1]; i++)
            {
                matrix[(row * n) + normalized.ColumnIndices[i]] = normalized.Values[i];
            }
        }

        double[] vectors = new double[n * n];
        SymmetricEigen.Decompose(matrix, n, vectors);
        float[] result = new float[n * wanted];
        for (int column = 0; column < wanted && column < n - 1; column++)
        {
            for (int row = 0; row < n; row++)
            {
                result[(row * wanted) + column] = (float)vectors[(row * n) + n - 2 - column];
            }
        }

        return (result, wanted, 0);
    }
}
