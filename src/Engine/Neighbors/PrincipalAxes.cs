using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Approximate principal directions of the rows: the leading eigenvectors of XᵀX, by two steps of subspace iteration over a
/// sample of the rows. Callers rely on orthonormality, not on accuracy.
/// </summary>
internal static class PrincipalAxes
{
    private const int Steps = 2;
    private const int SampleRows = 1024;
    private const long Stream = 7;

    /// <summary>Relative length below which a direction is a linear combination of the previous ones.</summary>
    private const double SmallestLength = 1e-6;

    /// <summary>Returns the directions, count × d; a row of zeros where the rank is smaller.</summary>
    /// <param name="rows">Vectors, n × d.</param>
    /// <param name="scales">Scale factor of each row.</param>
    /// <param name="count">Number of directions, at most d.</param>
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

            // Keep a small part of the old directions: with fewer rows than directions, the image has no full rank.
            TensorPrimitives.MultiplyAdd(axes.Values, 1e-3f, images.Values, axes.Values);
            Orthonormalize(axes);
        }

        return axes;
    }

    /// <summary>Gram–Schmidt with one reorthogonalization; dot products in double precision.</summary>
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
