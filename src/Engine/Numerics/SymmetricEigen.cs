namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Eigendecomposition of a small dense symmetric matrix by the cyclic Jacobi method (Golub and Van Loan, section 8.5),
/// accurate to rounding.
/// </summary>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;

    /// <summary>Decomposes <paramref name="matrix"/>, which is overwritten.</summary>
    /// <param name="matrix">Symmetric matrix, size × size; on return its diagonal holds the eigenvalues, ascending.</param>
    /// <param name="size">Number of rows and columns.</param>
    /// <param name="vectors">Receives size × size values; column i is the unit eigenvector of eigenvalue i.</param>
    public static void Decompose(Span<double> matrix, int size, Span<double> vectors)
    {
        vectors.Clear();
        for (int i = 0; i < size; i++)
        {
            vectors[(i * size) + i] = 1.0;
        }

        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            double off = 0.0;
            double all = 0.0;
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    double square = matrix[(i * size) + j] * matrix[(i * size) + j];
                    all += square;
                    off += i == j ? 0.0 : square;
                }
            }

            if (off <= 1e-30 * all)
            {
                break;
            }

            for (int p = 0; p < size - 1; p++)
            {
                for (int q = p + 1; q < size; q++)
                {
                    Rotate(matrix, vectors, size, p, q);
                }
            }
        }

        SortAscending(matrix, size, vectors);
    }

    private static void Rotate(Span<double> matrix, Span<double> vectors, int size, int p, int q)
    {
        double apq = matrix[(p * size) + q];
        if (apq == 0.0)
        {
            return;
        }

        double theta = (matrix[(q * size) + q] - matrix[(p * size) + p]) / (2.0 * apq);
        double t = Math.CopySign(1.0, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1.0));
        double c = 1.0 / Math.Sqrt((t * t) + 1.0);
        double s = t * c;
        for (int k = 0; k < size; k++)
        {
            double kp = matrix[(k * size) + p];
            double kq = matrix[(k * size) + q];
            matrix[(k * size) + p] = (c * kp) - (s * kq);
            matrix[(k * size) + q] = (s * kp) + (c * kq);
        }

        for (int k = 0; k < size; k++)
        {
            double pk = matrix[(p * size) + k];
            double qk = matrix[(q * size) + k];
            matrix[(p * size) + k] = (c * pk) - (s * qk);
            matrix[(q * size) + k] = (s * pk) + (c * qk);
            double vp = vectors[(k * size) + p];
            double vq = vectors[(k * size) + q];
            vectors[(k * size) + p] = (c * vp) - (s * vq);
            vectors[(k * size) + q] = (s * vp) + (c * vq);
        }
    }

    private static void SortAscending(Span<double> matrix, int size, Span<double> vectors)
    {
        for (int i = 0; i < size - 1; i++)
        {
            int least = i;
            for (int j = i + 1; j < size; j++)
            {
                if (matrix[(j * size) + j] < matrix[(least * size) + least])
                {
                    least = j;
                }
            }

            if (least == i)
            {
                continue;
            }

            (matrix[(i * size) + i], matrix[(least * size) + least]) = (matrix[(least * size) + least], matrix[(i * size) + i]);
            for (int k = 0; k < size; k++)
            {
                (vectors[(k * size) + i], vectors[(k * size) + least]) = (vectors[(k * size) + least], vectors[(k * size) + i]);
            }
        }
    }
}
