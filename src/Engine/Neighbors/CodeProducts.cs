using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Products of rows of sixteen-bit codes, four rows times four rows. Integer sums have no rounding, so all vector widths
/// return the same numbers.
/// </summary>
internal static class CodeProducts
{
    /// <summary>Rows per side of a tile.</summary>
    public const int Side = 4;

    /// <summary>Computes the sixteen products of two groups of four consecutive rows.</summary>
    /// <param name="left">Four rows of <paramref name="stride"/> codes.</param>
    /// <param name="right">Four rows of <paramref name="stride"/> codes.</param>
    /// <param name="stride">Codes per row, a multiple of 32.</param>
    /// <param name="tile">Receives the products, one row of four for each left row.</param>
    public static void Multiply(ReadOnlySpan<short> left, ReadOnlySpan<short> right, int stride, Span<int> tile)
    {
        if (Avx512BW.IsSupported)
        {
            Multiply512(left, right, stride, tile);
        }
        else if (Avx2.IsSupported)
        {
            Multiply256(left, right, stride, tile);
        }
        else
        {
            MultiplyScalar(left, right, stride, tile);
        }
    }

    /// <summary>Reference implementation, and the fallback without vector instructions.</summary>
    internal static void MultiplyScalar(ReadOnlySpan<short> left, ReadOnlySpan<short> right, int stride, Span<int> tile)
    {
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                int sum = 0;
                for (int k = 0; k < stride; k++)
                {
                    sum += left[(row * stride) + k] * right[(column * stride) + k];
                }

                tile[(row * Side) + column] = sum;
            }
        }
    }

    internal static void Multiply256(ReadOnlySpan<short> left, ReadOnlySpan<short> right, int stride, Span<int> tile)
    {
        ReadOnlySpan<Vector256<short>> l = MemoryMarshal.Cast<short, Vector256<short>>(left);
        ReadOnlySpan<Vector256<short>> r = MemoryMarshal.Cast<short, Vector256<short>>(right);
        int length = stride / Vector256<short>.Count;
        for (int row = 0; row < Side; row++)
        {
            Vector256<int> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int k = 0; k < length; k++)
            {
                Vector256<short> own = l[(row * length) + k];
                s0 += Avx2.MultiplyAddAdjacent(own, r[k]);
                s1 += Avx2.MultiplyAddAdjacent(own, r[length + k]);
                s2 += Avx2.MultiplyAddAdjacent(own, r[(2 * length) + k]);
                s3 += Avx2.MultiplyAddAdjacent(own, r[(3 * length) + k]);
            }

            tile[row * Side] = Vector256.Sum(s0);
            tile[(row * Side) + 1] = Vector256.Sum(s1);
            tile[(row * Side) + 2] = Vector256.Sum(s2);
            tile[(row * Side) + 3] = Vector256.Sum(s3);
        }
    }

    internal static void Multiply512(ReadOnlySpan<short> left, ReadOnlySpan<short> right, int stride, Span<int> tile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(left.Length, Side * stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(right.Length, Side * stride);
        ref short a = ref MemoryMarshal.GetReference(left);
        ref short b = ref MemoryMarshal.GetReference(right);
        nuint row = (nuint)stride;
        Vector512<int> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector512<int> s10 = default, s11 = default, s12 = default, s13 = default;
        Vector512<int> s20 = default, s21 = default, s22 = default, s23 = default;
        Vector512<int> s30 = default, s31 = default, s32 = default, s33 = default;
        for (nuint k = 0; k < row; k += (nuint)Vector512<short>.Count)
        {
            var b0 = Vector512.LoadUnsafe(ref b, k);
            var b1 = Vector512.LoadUnsafe(ref b, row + k);
            var b2 = Vector512.LoadUnsafe(ref b, (2 * row) + k);
            var b3 = Vector512.LoadUnsafe(ref b, (3 * row) + k);
            var f = Vector512.LoadUnsafe(ref a, k);
            s00 += Avx512BW.MultiplyAddAdjacent(f, b0);
            s01 += Avx512BW.MultiplyAddAdjacent(f, b1);
            s02 += Avx512BW.MultiplyAddAdjacent(f, b2);
            s03 += Avx512BW.MultiplyAddAdjacent(f, b3);
            f = Vector512.LoadUnsafe(ref a, row + k);
            s10 += Avx512BW.MultiplyAddAdjacent(f, b0);
            s11 += Avx512BW.MultiplyAddAdjacent(f, b1);
            s12 += Avx512BW.MultiplyAddAdjacent(f, b2);
            s13 += Avx512BW.MultiplyAddAdjacent(f, b3);
            f = Vector512.LoadUnsafe(ref a, (2 * row) + k);
            s20 += Avx512BW.MultiplyAddAdjacent(f, b0);
            s21 += Avx512BW.MultiplyAddAdjacent(f, b1);
            s22 += Avx512BW.MultiplyAddAdjacent(f, b2);
            s23 += Avx512BW.MultiplyAddAdjacent(f, b3);
            f = Vector512.LoadUnsafe(ref a, (3 * row) + k);
            s30 += Avx512BW.MultiplyAddAdjacent(f, b0);
            s31 += Avx512BW.MultiplyAddAdjacent(f, b1);
            s32 += Avx512BW.MultiplyAddAdjacent(f, b2);
            s33 += Avx512BW.MultiplyAddAdjacent(f, b3);
        }

        Sums(s00, s01, s02, s03).CopyTo(tile);
        Sums(s10, s11, s12, s13).CopyTo(tile[4..]);
        Sums(s20, s21, s22, s23).CopyTo(tile[8..]);
        Sums(s30, s31, s32, s33).CopyTo(tile[12..]);
    }

    /// <summary>Sums each of four vectors into one lane of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Sums(Vector512<int> s0, Vector512<int> s1, Vector512<int> s2, Vector512<int> s3)
    {
        Vector512<int> first = Avx512F.UnpackLow(s0, s1) + Avx512F.UnpackHigh(s0, s1);
        Vector512<int> second = Avx512F.UnpackLow(s2, s3) + Avx512F.UnpackHigh(s2, s3);
        Vector512<int> all = Avx512F.UnpackLow(first.AsInt64(), second.AsInt64()).AsInt32()
            + Avx512F.UnpackHigh(first.AsInt64(), second.AsInt64()).AsInt32();
        Vector256<int> half = all.GetLower() + all.GetUpper();
        return half.GetLower() + half.GetUpper();
    }
}
