using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Leading eigenvectors of a symmetric matrix with spectrum in [−1, 1], by subspace iteration with a Chebyshev filter
/// (Zhou, Saad, Tiago and Chelikowsky 2006). The filter polynomial is small on the unwanted part of the spectrum; the
/// filtered block is rotated to its Ritz vectors. The number of rounds is bounded: for a nearly disconnected graph, the
/// result is the best vectors so far.
/// </summary>
internal sealed class LeadingSubspace
{
    private const int Degree = 16;
    private const int MaxRounds = 30;
    private const double Tolerance = 5e-4;
    private const int BlockRows = 512;

    private readonly CsrMatrix<float> _matrix;
    private readonly int _width;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;

    private LeadingSubspace(CsrMatrix<float> matrix, int width, int threads, CancellationToken cancellationToken)
    {
        _matrix = matrix;
        _width = width;
        _threads = threads;
        _cancellationToken = cancellationToken;
    }

    /// <summary>
    /// Returns the block width for <paramref name="wanted"/> vectors: at least four extra vectors for convergence, rounded
    /// up to whole registers.
    /// </summary>
    public static int WidthFor(int wanted) => (wanted + 4 + 7) / 8 * 8;

    /// <summary>Returns the eigenvectors of the largest eigenvalues.</summary>
    /// <param name="matrix">Symmetric n × n matrix with spectrum in [−1, 1].</param>
    /// <param name="wanted">Number of eigenvectors.</param>
    /// <param name="known">Eigenvector of the largest eigenvalue, of any length, as the start of the first column.</param>
    /// <param name="randomKey">Random key of the other start columns.</param>
    /// <param name="threads">Number of threads.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>n × width values, column i for the i-th largest eigenvalue, and the eigenvalues.</returns>
    public static (float[] Vectors, int Width, double[] Values) Find(
        CsrMatrix<float> matrix, int wanted, ReadOnlySpan<float> known, ulong randomKey, int threads, CancellationToken cancellationToken)
    {
        int width = WidthFor(wanted);
        LeadingSubspace solver = new(matrix, width, threads, cancellationToken);
        float[] start = new float[checked(matrix.Rows * width)];
        for (int row = 0; row < matrix.Rows; row++)
        {
            start[row * width] = known[row];
            for (int column = 1; column < width; column++)
            {
                start[(row * width) + column] = (float)(CounterRandom.Uniform(randomKey, ((long)row * width) + column) - 0.5);
            }
        }

        (float[] vectors, double[] values) = solver.Iterate(start, wanted);
        return (vectors, width, values);
    }

    private (float[] Vectors, double[] Values) Iterate(float[] x, int wanted)
    {
        float[] y = new float[x.Length];
        float[] z = new float[x.Length];
        RitzRotation rotation = Rotate(ref x, ref y);
        for (int round = 0; round < MaxRounds && rotation.Worst(wanted) > Tolerance; round++)
        {
            Filter(ref x, ref y, ref z, Math.Clamp(rotation.Values[^1], -0.9, 1.0 - 1e-6));
            rotation = Rotate(ref x, ref y);
        }

        return (x, rotation.Values);
    }

    /// <summary>
    /// Applies the Chebyshev filter: damps eigenvalues in [−1, <paramref name="cut"/>] and keeps the factor 1 at eigenvalue
    /// 1.
    /// </summary>
    private void Filter(ref float[] x, ref float[] y, ref float[] z, double cut)
    {
        double center = (cut - 1.0) / 2.0;
        double half = (cut + 1.0) / 2.0;
        double first = half / (1.0 - center);
        double scale = first;
        Combine(x, x, y, (float)(scale / half), (float)(-center * scale / half), 0f);
        for (int k = 2; k <= Degree; k++)
        {
            double next = 1.0 / ((2.0 / first) - scale);
            Combine(y, x, z, (float)(2.0 * next / half), (float)(-2.0 * center * next / half), (float)(-scale * next));
            (x, y, z) = (y, z, x);
            scale = next;
        }

        (x, y) = (y, x);
    }

    /// <summary>Computes result = product·(M·x) + same·x + before·previous; one thread computes a whole row.</summary>
    private void Combine(float[] x, float[] previous, float[] result, float product, float same, float before) =>
        RowBlocks.Run(_matrix.Rows, BlockRows, _threads, (_, start, end) =>
        {
            ref float source = ref MemoryMarshal.GetArrayDataReference(x);
            for (int row = start; row < end; row++)
            {
                ReadOnlySpan<int> columns = _matrix.RowColumns(row);
                ReadOnlySpan<float> values = _matrix.RowValues(row);
                for (int c = 0; c < _width; c += 8)
                {
                    Vector256<float> sum = Vector256<float>.Zero;
                    for (int i = 0; i < columns.Length; i++)
                    {
                        var entry = Vector256.LoadUnsafe(ref source, (nuint)((columns[i] * _width) + c));
                        sum = Vector256.MultiplyAddEstimate(Vector256.Create(values[i]), entry, sum);
                    }

                    int at = (row * _width) + c;
                    Vector256<float> combined = (sum * product)
                        + (Vector256.Create(x.AsSpan(at)) * same)
                        + (Vector256.Create(previous.AsSpan(at)) * before);
                    combined.CopyTo(result.AsSpan(at));
                }
            }
        }, _cancellationToken);

    /// <summary>Rotates the block to its Ritz vectors; <paramref name="y"/> is scratch.</summary>
    private RitzRotation Rotate(ref float[] x, ref float[] y)
    {
        Combine(x, x, y, 1f, 0f, 0f);
        int size = _width * _width;
        int blocks = RowBlocks.Count(_matrix.Rows, BlockRows);
        double[] partial = new double[3 * size * blocks];
        float[] vectors = x;
        float[] images = y;
        RowBlocks.Run(_matrix.Rows, BlockRows, _threads, (block, start, end) =>
        {
            Span<double> sums = partial.AsSpan(3 * size * block, 3 * size);
            AddProducts(vectors, vectors, start, end, sums[..size]);
            AddProducts(vectors, images, start, end, sums.Slice(size, size));
            AddProducts(images, images, start, end, sums[(2 * size)..]);
        }, _cancellationToken);
        double[] total = new double[3 * size];
        for (int block = 0; block < blocks; block++)
        {
            TensorPrimitives.Add(total, partial.AsSpan(3 * size * block, 3 * size), total);
        }

        RitzRotation rotation = new(total.AsSpan(0, size), total.AsSpan(size, size), total.AsSpan(2 * size, size), _width);
        RowBlocks.Run(_matrix.Rows, BlockRows, _threads, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                rotation.Apply(vectors.AsSpan(row * _width, _width), images.AsSpan(row * _width, _width));
            }
        }, _cancellationToken);
        (x, y) = (y, x);
        return rotation;
    }

    /// <summary>Computes sums += Lᵀ·R over a range of rows. Double precision, because the filtered block is far from orthogonal.</summary>
    private void AddProducts(float[] left, float[] right, int start, int end, Span<double> sums)
    {
        for (int row = start; row < end; row++)
        {
            ReadOnlySpan<float> l = left.AsSpan(row * _width, _width);
            ReadOnlySpan<float> r = right.AsSpan(row * _width, _width);
            for (int c = 0; c < _width; c += 8)
            {
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Create(r[c..]));
                for (int i = 0; i < l.Length; i++)
                {
                    Span<double> target = sums.Slice((i * _width) + c, 8);
                    var factor = Vector256.Create((double)l[i]);
                    (Vector256.Create((ReadOnlySpan<double>)target) + (factor * low)).CopyTo(target);
                    (Vector256.Create((ReadOnlySpan<double>)target[4..]) + (factor * high)).CopyTo(target[4..]);
                }
            }
        }
    }
}
