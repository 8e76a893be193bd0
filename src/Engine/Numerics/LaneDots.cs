using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Dot products of one vector with rows, in double precision. The rows are packed in panels with the dimension outermost, and each lane
/// adds the products of its row in the order of the dimensions. The product of two single-precision values is exact in double precision,
/// so every code path returns the same bits, with and without fused multiply-add.
/// </summary>
internal sealed class LaneDots
{
    /// <summary>Rows of a panel: four sums of four rows hide the latency of an addition.</summary>
    private const int Lanes = 16;

    private readonly float[] _panels;
    private readonly int _dimension;
    private readonly int _rows;

    public LaneDots(Matrix rows)
    {
        (_rows, _dimension) = (rows.Rows, rows.Columns);
        int panels = (_rows + Lanes - 1) / Lanes;
        _panels = new float[panels * Lanes * _dimension];
        float[] scales = new float[_rows];
        Array.Fill(scales, 1f);
        for (int panel = 0; panel < panels; panel++)
        {
            PackedRows.Pack(rows, scales, panel * Lanes, Lanes, Panel(panel));
        }
    }

    /// <summary>Computes the dot product with each row.</summary>
    /// <param name="vector">One value per dimension.</param>
    /// <param name="dots">Receives one value per row.</param>
    public void Compute(ReadOnlySpan<float> vector, Span<double> dots)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            Compute256(vector, dots);
        }
        else
        {
            ComputeScalar(vector, dots);
        }
    }

    internal void ComputeScalar(ReadOnlySpan<float> vector, Span<double> dots)
    {
        for (int row = 0; row < _rows; row++)
        {
            ReadOnlySpan<float> panel = Panel(row / Lanes);
            double sum = 0;
            for (int k = 0; k < _dimension; k++)
            {
                sum += (double)vector[k] * panel[(k * Lanes) + (row % Lanes)];
            }

            dots[row] = sum;
        }
    }

    internal void Compute256(ReadOnlySpan<float> vector, Span<double> dots)
    {
        Span<double> sums = stackalloc double[Lanes];
        for (int row = 0; row < _rows; row += Lanes)
        {
            ReadOnlySpan<Vector256<float>> panel = MemoryMarshal.Cast<float, Vector256<float>>(Panel(row / Lanes));
            var first = Vector256<double>.Zero;
            var second = Vector256<double>.Zero;
            var third = Vector256<double>.Zero;
            var fourth = Vector256<double>.Zero;
            for (int k = 0; k < _dimension; k++)
            {
                var value = Vector256.Create((double)vector[k]);
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(panel[2 * k]);
                first += low * value;
                second += high * value;
                (low, high) = Vector256.Widen(panel[(2 * k) + 1]);
                third += low * value;
                fourth += high * value;
            }

            first.CopyTo(sums);
            second.CopyTo(sums[4..]);
            third.CopyTo(sums[8..]);
            fourth.CopyTo(sums[12..]);
            sums[..Math.Min(Lanes, _rows - row)].CopyTo(dots[row..]);
        }
    }

    private Span<float> Panel(int panel) => _panels.AsSpan(panel * Lanes * _dimension, Lanes * _dimension);
}
