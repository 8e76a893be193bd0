using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// A copy of the rows with one byte per value, a quarter of the memory traffic. By the Cauchy–Schwarz inequality, the
/// product with a copy differs from the product with the row by at most the rounding error's length times the query's
/// length.
/// </summary>
internal sealed class QuantizedRows
{
    private const int Lanes = 32;
    private const int LargestCode = 127;

    private readonly int _stride;
    private readonly ReadOnlyMemory<sbyte> _codes;
    private readonly float[] _steps;

    public QuantizedRows(Matrix rows, RowGeometry geometry, int threads, CancellationToken cancellationToken)
    {
        _stride = StrideOf(rows.Columns);
        sbyte[] codes = new sbyte[checked(rows.Rows * _stride)];
        _codes = codes;
        _steps = new float[rows.Rows];
        Residuals = new float[rows.Rows];
        RowBlocks.Run(rows.Rows, 512, threads, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                Quantize(rows.Row(row), geometry.Scales[row], row, codes.AsSpan(row * _stride, _stride));
            }
        }, cancellationToken);

        LargestQueryCode = LargestQuery(_stride);
    }

    /// <summary>Wraps stored codes.</summary>
    /// <exception cref="ArgumentException">The sizes do not match the rows.</exception>
    public QuantizedRows(Matrix rows, ReadOnlyMemory<sbyte> codes, float[] steps, float[] residuals)
    {
        _stride = StrideOf(rows.Columns);
        if (codes.Length != (long)rows.Rows * _stride || steps.Length != rows.Rows || residuals.Length != rows.Rows)
        {
            throw new ArgumentException("The sizes of the fine codes do not match the rows.", nameof(codes));
        }

        _codes = codes;
        _steps = steps;
        Residuals = residuals;
        LargestQueryCode = LargestQuery(_stride);
    }

    private QuantizedRows(int stride, sbyte[] codes, float[] steps, float[] residuals)
    {
        _stride = stride;
        _codes = codes;
        _steps = steps;
        Residuals = residuals;
        LargestQueryCode = LargestQuery(stride);
    }

    /// <summary>Codes, n × <see cref="Stride"/> row-major.</summary>
    public ReadOnlyMemory<sbyte> Codes => _codes;

    /// <summary>Value of one code unit of each row.</summary>
    public float[] Steps => _steps;

    /// <summary>Length of the rounding error of each scaled row.</summary>
    public float[] Residuals { get; }

    /// <summary>Values per padded row, a multiple of 32.</summary>
    public int Stride => _stride;

    /// <summary>Largest query code for which a dot product fits 32 bits.</summary>
    public int LargestQueryCode { get; }

    /// <summary>Returns a copy with zeros in place of some rows.</summary>
    public QuantizedRows Zeroed(int[] rows)
    {
        sbyte[] codes = _codes.ToArray();
        float[] steps = [.. _steps];
        float[] residuals = [.. Residuals];
        foreach (int row in rows)
        {
            codes.AsSpan(row * _stride, _stride).Clear();
            steps[row] = residuals[row] = 0f;
        }

        return new QuantizedRows(_stride, codes, steps, residuals);
    }

    /// <summary>Returns the product of a coded query and the copy of a row, in units of the query's step.</summary>
    /// <param name="query">Codes of the query.</param>
    /// <param name="codes">Span of <see cref="Codes"/>. Fetch it once per query: the span of a mapped file costs a virtual call.</param>
    /// <param name="row">Row number.</param>
    public float Product(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes, int row) =>
        _steps[row] * Sum(query[.._stride], codes.Slice(row * _stride, _stride));

    /// <summary>Reference implementation, and the fallback without vector instructions.</summary>
    internal static int SumScalar(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes)
    {
        int sum = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            sum += query[i] * codes[i];
        }

        return sum;
    }

    /// <summary>Returns the dot product; the length is a multiple of 32.</summary>
    internal static int Sum(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes)
    {
        if (!Avx2.IsSupported)
        {
            return SumScalar(query, codes);
        }

        ref short q = ref MemoryMarshal.GetReference(query);
        ref sbyte c = ref MemoryMarshal.GetReference(codes);
        if (Avx512BW.IsSupported)
        {
            Vector512<int> wide = Vector512<int>.Zero;
            for (nuint i = 0; i < (nuint)codes.Length; i += Lanes)
            {
                Vector512<short> row = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref c, i));
                wide += Avx512BW.MultiplyAddAdjacent(row, Vector512.LoadUnsafe(ref q, i));
            }

            return Vector512.Sum(wide);
        }

        Vector256<int> sum = Vector256<int>.Zero;
        for (nuint i = 0; i < (nuint)codes.Length; i += Lanes / 2)
        {
            Vector256<short> row = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref c, i));
            sum += Avx2.MultiplyAddAdjacent(row, Vector256.LoadUnsafe(ref q, i));
        }

        return Vector256.Sum(sum);
    }

    private static int StrideOf(int columns) => (columns + Lanes - 1) / Lanes * Lanes;

    /// <summary>Returns the largest query code for which a dot product fits 32 bits.</summary>
    /// <param name="stride">Values per row.</param>
    public static int LargestQuery(int stride) => (int)Math.Min(short.MaxValue, int.MaxValue / ((long)LargestCode * Math.Max(1, stride)));

    private void Quantize(ReadOnlySpan<float> values, float scale, int row, Span<sbyte> codes)
    {
        double step = Math.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(values)) * scale / LargestCode;
        double residual = 0.0;
        for (int i = 0; i < values.Length && step > 0.0; i++)
        {
            double value = (double)values[i] * scale;
            codes[i] = (sbyte)Math.Clamp(Math.Round(value / step), -LargestCode, LargestCode);
            double rest = value - (codes[i] * step);
            residual += rest * rest;
        }

        _steps[row] = (float)step;
        Residuals[row] = (float)Math.Sqrt(residual);
    }
}
