using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Matrix-product kernel: 8 rows times 32 rows, both packed with the dimension outermost. One step of the 512-bit kernel is
/// 2 vector loads, 8 broadcasts and 16 fused multiply-adds; the 16 accumulators stay in registers. Every entry is
/// accumulated in ascending order of the dimension, so the product of two rows does not depend on their tile.
/// </summary>
internal static class TileProduct
{
    /// <summary>Rows of the left panel: <c>left[k * 8 + row]</c>.</summary>
    public const int LeftRows = 8;

    /// <summary>Rows of the right panel: <c>right[k * 32 + row]</c>.</summary>
    public const int RightRows = 32;

    /// <summary>Computes <paramref name="tile"/> (8 × 32, row-major) with the widest vectors of the machine.</summary>
    public static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int depth, Span<float> tile)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply512(left, right, depth, tile);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Multiply256(left, right, depth, tile);
        }
        else
        {
            MultiplyScalar(left, right, depth, tile);
        }
    }

    /// <summary>Reference implementation, and the fallback without vector instructions.</summary>
    internal static void MultiplyScalar(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int depth, Span<float> tile)
    {
        Check(left, right, depth, tile);
        tile.Clear();
        for (int k = 0; k < depth; k++)
        {
            ReadOnlySpan<float> columns = right.Slice(k * RightRows, RightRows);
            for (int row = 0; row < LeftRows; row++)
            {
                float factor = left[(k * LeftRows) + row];
                Span<float> sums = tile.Slice(row * RightRows, RightRows);
                for (int column = 0; column < RightRows; column++)
                {
                    sums[column] += factor * columns[column];
                }
            }
        }
    }

    internal static void Multiply256(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int depth, Span<float> tile)
    {
        Check(left, right, depth, tile);
        for (int row = 0; row < LeftRows; row += 4)
        {
            for (int column = 0; column < RightRows; column += 16)
            {
                Block256(left[row..], right[column..], depth, tile[((row * RightRows) + column)..]);
            }
        }
    }

    internal static void Multiply512(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int depth, Span<float> tile)
    {
        Check(left, right, depth, tile);
        ref float a = ref MemoryMarshal.GetReference(left);
        ref float b = ref MemoryMarshal.GetReference(right);
        Vector512<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector512<float> s20 = default, s21 = default, s30 = default, s31 = default;
        Vector512<float> s40 = default, s41 = default, s50 = default, s51 = default;
        Vector512<float> s60 = default, s61 = default, s70 = default, s71 = default;
        nuint ia = 0;
        nuint ib = 0;
        for (int k = 0; k < depth; k++)
        {
            var b0 = Vector512.LoadUnsafe(ref b, ib);
            var b1 = Vector512.LoadUnsafe(ref b, ib + 16);
            var low = Vector256.LoadUnsafe(ref a, ia);
            var f = Vector512.Create(low[0]);
            s00 = Vector512.FusedMultiplyAdd(f, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(f, b1, s01);
            f = Vector512.Create(low[1]);
            s10 = Vector512.FusedMultiplyAdd(f, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(f, b1, s11);
            f = Vector512.Create(low[2]);
            s20 = Vector512.FusedMultiplyAdd(f, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(f, b1, s21);
            f = Vector512.Create(low[3]);
            s30 = Vector512.FusedMultiplyAdd(f, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(f, b1, s31);
            f = Vector512.Create(low[4]);
            s40 = Vector512.FusedMultiplyAdd(f, b0, s40);
            s41 = Vector512.FusedMultiplyAdd(f, b1, s41);
            f = Vector512.Create(low[5]);
            s50 = Vector512.FusedMultiplyAdd(f, b0, s50);
            s51 = Vector512.FusedMultiplyAdd(f, b1, s51);
            f = Vector512.Create(low[6]);
            s60 = Vector512.FusedMultiplyAdd(f, b0, s60);
            s61 = Vector512.FusedMultiplyAdd(f, b1, s61);
            f = Vector512.Create(low[7]);
            s70 = Vector512.FusedMultiplyAdd(f, b0, s70);
            s71 = Vector512.FusedMultiplyAdd(f, b1, s71);
            ia += LeftRows;
            ib += RightRows;
        }

        s00.CopyTo(tile);
        s01.CopyTo(tile[16..]);
        s10.CopyTo(tile[32..]);
        s11.CopyTo(tile[48..]);
        s20.CopyTo(tile[64..]);
        s21.CopyTo(tile[80..]);
        s30.CopyTo(tile[96..]);
        s31.CopyTo(tile[112..]);
        s40.CopyTo(tile[128..]);
        s41.CopyTo(tile[144..]);
        s50.CopyTo(tile[160..]);
        s51.CopyTo(tile[176..]);
        s60.CopyTo(tile[192..]);
        s61.CopyTo(tile[208..]);
        s70.CopyTo(tile[224..]);
        s71.CopyTo(tile[240..]);
    }

    private static void Block256(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int depth, Span<float> tile)
    {
        ref float a = ref MemoryMarshal.GetReference(left);
        ref float b = ref MemoryMarshal.GetReference(right);
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
        nuint ia = 0;
        nuint ib = 0;
        for (int k = 0; k < depth; k++)
        {
            var b0 = Vector256.LoadUnsafe(ref b, ib);
            var b1 = Vector256.LoadUnsafe(ref b, ib + 8);
            var four = Vector128.LoadUnsafe(ref a, ia);
            var f = Vector256.Create(four[0]);
            s00 = Vector256.FusedMultiplyAdd(f, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(f, b1, s01);
            f = Vector256.Create(four[1]);
            s10 = Vector256.FusedMultiplyAdd(f, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(f, b1, s11);
            f = Vector256.Create(four[2]);
            s20 = Vector256.FusedMultiplyAdd(f, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(f, b1, s21);
            f = Vector256.Create(four[3]);
            s30 = Vector256.FusedMultiplyAdd(f, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(f, b1, s31);
            ia += LeftRows;
            ib += RightRows;
        }

        s00.CopyTo(tile);
        s01.CopyTo(tile[8..]);
        s10.CopyTo(tile[RightRows..]);
        s11.CopyTo(tile[(RightRows + 8)..]);
        s20.CopyTo(tile[(2 * RightRows)..]);
        s21.CopyTo(tile[((2 * RightRows) + 8)..]);
        s30.CopyTo(tile[(3 * RightRows)..]);
        s31.CopyTo(tile[((3 * RightRows) + 8)..]);
    }

    private static void Check(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int depth, ReadOnlySpan<float> tile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(left.Length, depth * LeftRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(right.Length, depth * RightRows);
        ArgumentOutOfRangeException.ThrowIfLessThan(tile.Length, LeftRows * RightRows);
    }
}
