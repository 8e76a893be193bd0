using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// One byte per value of every scaled row minus a common center: a quarter of the memory of the rows. The score of row j as
/// a neighbor of row i is <c>u_i·u_j − o_j</c> with u = s·x − m and o_j = h_j − m·u_j. It differs from the score of
/// <see cref="RowGeometry"/> by a number that depends on i alone, so it ranks the neighbors of a row alike, but its rounding
/// error is relative to the distance from the center instead of the length. Products are exact integers, so every machine
/// computes the same scores.
/// </summary>
internal sealed class CenteredCodes
{
    /// <summary>Values per vector of sixteen-bit numbers; <see cref="Stride"/> is a multiple of it.</summary>
    public const int Lanes = 32;

    private const int LargestCode = 127;
    private const int SampleRows = 4096;
    private const int BlockRows = 256;

    private readonly Matrix _rows;
    private readonly RowGeometry _geometry;
    private readonly float[] _center;

    /// <summary>Codes all rows.</summary>
    /// <param name="rows">Vectors, n × d.</param>
    /// <param name="geometry">Scale factors and offsets of the rows.</param>
    /// <param name="threads">Number of threads.</param>
    /// <param name="cancellationToken">Cancels between blocks of rows.</param>
    public CenteredCodes(Matrix rows, RowGeometry geometry, int threads, CancellationToken cancellationToken)
    {
        _rows = rows;
        _geometry = geometry;
        Stride = (rows.Columns + Lanes - 1) / Lanes * Lanes;
        Values = new sbyte[checked(rows.Rows * Stride)];
        Steps = new float[rows.Rows];
        Offsets = new float[rows.Rows];
        _center = Center(rows, geometry);
        RowBlocks.Run(rows.Rows, BlockRows, threads, (_, start, end) => Encode(start, end), cancellationToken);
    }

    /// <summary>Values per row, a multiple of 32; the padding is zero.</summary>
    public int Stride { get; }

    /// <summary>Codes, n × <see cref="Stride"/> row-major.</summary>
    public sbyte[] Values { get; }

    /// <summary>Value of one code unit of each row.</summary>
    public float[] Steps { get; }

    /// <summary>Offset o of each row; subtracted from the product when the row is the neighbor.</summary>
    public float[] Offsets { get; }

    /// <summary>Returns the codes of a row.</summary>
    public ReadOnlySpan<sbyte> Row(int row) => Values.AsSpan(row * Stride, Stride);

    /// <summary>Returns the mean of evenly spaced scaled rows. Any center is correct; one near the mean has the smallest codes.</summary>
    private static float[] Center(Matrix rows, RowGeometry geometry)
    {
        float[] center = new float[rows.Columns];
        int sample = Math.Min(rows.Rows, SampleRows);
        for (int i = 0; i < sample; i++)
        {
            int row = (int)((long)i * rows.Rows / sample);
            TensorPrimitives.MultiplyAdd(rows.Row(row), geometry.Scales[row] / sample, center, center);
        }

        return center;
    }

    private void Encode(int start, int end)
    {
        float[] centered = new float[Stride];
        Span<float> own = centered.AsSpan(0, _rows.Columns);
        for (int row = start; row < end; row++)
        {
            TensorPrimitives.Multiply(_rows.Row(row), _geometry.Scales[row], own);
            TensorPrimitives.Subtract(own, _center, own);
            float largest = Math.Abs(TensorPrimitives.MaxMagnitude<float>(own));
            Steps[row] = largest / LargestCode;
            Offsets[row] = _geometry.Offsets[row] - TensorPrimitives.Dot<float>(_center, own);
            if (largest > 0f)
            {
                Round(centered, LargestCode / largest, Values.AsSpan(row * Stride, Stride));
            }
        }
    }

    /// <summary>Rounds scaled values to bytes, 32 at a time.</summary>
    private static void Round(ReadOnlySpan<float> values, float scale, Span<sbyte> codes)
    {
        ReadOnlySpan<Vector256<float>> parts = MemoryMarshal.Cast<float, Vector256<float>>(values);
        var factor = Vector256.Create(scale);
        for (int part = 0, i = 0; i < codes.Length; part += 4, i += Lanes)
        {
            var low = Vector256.Narrow(Whole(parts[part], factor), Whole(parts[part + 1], factor));
            var high = Vector256.Narrow(Whole(parts[part + 2], factor), Whole(parts[part + 3], factor));
            Vector256.Narrow(low, high).CopyTo(codes[i..]);
        }
    }

    private static Vector256<int> Whole(Vector256<float> values, Vector256<float> factor) =>
        Vector256.ConvertToInt32(Vector256.Round(values * factor));
}
