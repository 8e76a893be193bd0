using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// A few orthonormal directions that hold most of the rows' length: the leading eigenvectors of XᵀX, by two steps of
/// subspace iteration over a sample of the rows. Whoever uses them needs them orthonormal, not exact.
/// </summary>
internal static class PrincipalAxes
{
    private const int Steps = 2;
    private const int SampleRows = 1024;
    private const long Stream = 7;

    /// <summary>Shorter than this a direction was a combination of others.</summary>
    private const double SmallestLength = 1e-6;

    /// <summary>Finds the directions, one a row; rows of zeros where there are fewer.</summary>
    /// <param name="rows">Vectors.</param>
    /// <param name="scales">A factor for each.</param>
    /// <param name="count">Directions wanted, at most the number of columns.</param>
    public static Matrix Find(Matrix rows, ReadOnlySpan<float> scales, int count)
    {
        Matrix axes = new(count, rows.Columns);
        ulong key = CounterRandom.Key(Stream, count, rows.Columns);
        for (int i = 0; i < axes.Values.Length; i++)
        {
            axes.Values[i] = (float)CounterRandom.Uniform(key, i) - 0.5f;
        }

        Orthonormalize(axes);
        int sample = Math.Min(rows.Rows, SampleRows);
        float[] values = new float[rows.Columns];
        for (int step = 0; step < Steps && sample > 0; step++)
        {
            Matrix images = new(count, rows.Columns);
            for (int i = 0; i < sample; i++)
            {
                int row = (int)((long)i * rows.Rows / sample);
                TensorPrimitives.Multiply(rows.Row(row), scales[row], values);
                for (int axis = 0; axis < count; axis++)
                {
                    float length = TensorPrimitives.Dot<float>(axes.Row(axis), values);
                    TensorPrimitives.MultiplyAdd(values, length, images.Row(axis), images.Row(axis));
                }
            }

            // Beside what the rows hold, a little of the old directions: fewer rows than directions leave no image.
            TensorPrimitives.MultiplyAdd(axes.Values, 1e-3f, images.Values, axes.Values);
            Orthonormalize(axes);
        }

        return axes;
    }

    /// <summary>Gram and Schmidt, twice; the products in double precision.</summary>
    private static void Orthonormalize(Matrix axes)
    {
        for (int axis = 0; axis < axes.Rows; axis++)
        {
            Span<float> values = axes.Row(axis);
            double before = Math.Sqrt(FixedOrder.Dot(values, values));
            for (int pass = 0; pass < 2; pass++)
            {
                for (int other = 0; other < axis; other++)
                {
                    float shared = (float)FixedOrder.Dot(values, axes.Row(other));
                    TensorPrimitives.MultiplyAdd(axes.Row(other), -shared, values, values);
                }

                double length = Math.Sqrt(FixedOrder.Dot(values, values));
                if (!(length > SmallestLength * before))
                {
                    values.Clear();
                    break;
                }

                TensorPrimitives.Divide(values, (float)length, values);
            }
        }
    }
}
