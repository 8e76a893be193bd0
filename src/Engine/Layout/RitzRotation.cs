using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Rayleigh–Ritz rotation of a block Y to approximate eigenvectors of M, from YᵀY, YᵀMY and YᵀM²Y. The eigenvectors of the
/// Gram matrix orthonormalize the block first; directions lost to rounding are dropped.
/// </summary>
internal sealed class RitzRotation
{
    private const double SmallestDirection = 1e-11;

    private readonly int _width;
    private readonly float[] _rotation;
    private readonly double[] _residuals;

    public RitzRotation(ReadOnlySpan<double> gram, ReadOnlySpan<double> image, ReadOnlySpan<double> imageGram, int width)
    {
        _width = width;
        double[] basis = Orthonormalize(gram, width);
        double[] reduced = Congruence(basis, image, width);
        double[] ritz = new double[width * width];

        // A dropped direction has a zero column in the basis; −1, the end of the spectrum, sorts it last.
        for (int i = 0; i < width; i++)
        {
            bool lost = true;
            for (int k = 0; k < width; k++)
            {
                lost &= basis[(k * width) + i] == 0.0;
            }

            reduced[(i * width) + i] = lost ? -1.0 : reduced[(i * width) + i];
        }

        SymmetricEigen.Decompose(reduced, width, ritz);
        Values = new double[width];
        double[] rotation = new double[width * width];
        for (int column = 0; column < width; column++)
        {
            // The decomposition sorts ascending; columns are reversed to put the largest eigenvalue first.
            int from = width - 1 - column;
            Values[column] = reduced[(from * width) + from];
            for (int row = 0; row < width; row++)
            {
                double sum = 0.0;
                for (int k = 0; k < width; k++)
                {
                    sum += basis[(row * width) + k] * ritz[(k * width) + from];
                }

                rotation[(row * width) + column] = sum;
            }
        }

        _rotation = Array.ConvertAll(rotation, value => (float)value);
        double[] squares = Congruence(rotation, imageGram, width);
        _residuals = new double[width];
        for (int column = 0; column < width; column++)
        {
            double square = squares[(column * width) + column] - (Values[column] * Values[column]);
            _residuals[column] = Math.Sqrt(Math.Max(0.0, square));
        }
    }

    /// <summary>Ritz values, descending.</summary>
    public double[] Values { get; }

    /// <summary>Returns the largest residual norm |M·y − θ·y| of the first <paramref name="wanted"/> vectors.</summary>
    public double Worst(int wanted) => System.Numerics.Tensors.TensorPrimitives.Max(_residuals.AsSpan(0, wanted));

    /// <summary>Rotates one row of the block.</summary>
    public void Apply(ReadOnlySpan<float> row, Span<float> rotated)
    {
        rotated.Clear();
        for (int k = 0; k < row.Length; k++)
        {
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(_rotation.AsSpan(k * _width, _width), row[k], rotated, rotated);
        }
    }

    private static double[] Orthonormalize(ReadOnlySpan<double> gram, int width)
    {
        double[] scales = new double[width];
        for (int i = 0; i < width; i++)
        {
            double square = gram[(i * width) + i];
            scales[i] = square > 0.0 ? 1.0 / Math.Sqrt(square) : 0.0;
        }

        double[] scaled = new double[width * width];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < width; j++)
            {
                scaled[(i * width) + j] = gram[(i * width) + j] * scales[i] * scales[j];
            }
        }

        double[] vectors = new double[width * width];
        SymmetricEigen.Decompose(scaled, width, vectors);
        double[] basis = new double[width * width];
        double largest = scaled[^1];
        for (int column = 0; column < width; column++)
        {
            double value = scaled[(column * width) + column];
            double factor = value > SmallestDirection * largest ? 1.0 / Math.Sqrt(value) : 0.0;
            for (int row = 0; row < width; row++)
            {
                basis[(row * width) + column] = scales[row] * vectors[(row * width) + column] * factor;
            }
        }

        return basis;
    }

    /// <summary>Returns Bᵀ·S·B.</summary>
    private static double[] Congruence(double[] basis, ReadOnlySpan<double> matrix, int width)
    {
        double[] half = new double[width * width];
        double[] result = new double[width * width];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < width; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < width; k++)
                {
                    sum += matrix[(i * width) + k] * basis[(k * width) + j];
                }

                half[(i * width) + j] = sum;
            }
        }

        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < width; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < width; k++)
                {
                    sum += basis[(k * width) + i] * half[(k * width) + j];
                }

                result[(i * width) + j] = sum;
            }
        }

        return result;
    }
}
