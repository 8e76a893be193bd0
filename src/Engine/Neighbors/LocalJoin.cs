using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Pairwise comparison of a set of rows by their codes, in tiles; offers each pair to the lists of both rows. Holds the
/// scratch memory of one thread.
/// </summary>
internal sealed class LocalJoin
{
    private const int Side = CodeProducts.Side;

    private readonly CenteredCodes _codes;
    private readonly CandidateLists _lists;
    private readonly int _stride;
    private readonly short[] _wide;
    private readonly int[] _tile = new int[Side * Side];
    private readonly int[][] _products = new int[Side][];
    private readonly float[] _steps;
    private readonly float[] _offsets;
    private readonly float[] _thresholds;

    /// <summary>Allocates the scratch memory.</summary>
    /// <param name="codes">Codes of all rows.</param>
    /// <param name="lists">Lists that receive the pairs; several threads share them.</param>
    /// <param name="mostMembers">Largest number of members of a set.</param>
    public LocalJoin(CenteredCodes codes, CandidateLists lists, int mostMembers)
    {
        // Whole vectors of eight are read past the last member.
        int padded = (mostMembers + 7) / 8 * 8;
        MostMembers = mostMembers;
        _codes = codes;
        _lists = lists;
        _stride = codes.Stride;
        _wide = new short[padded * codes.Stride];
        _steps = new float[padded];
        _offsets = new float[padded];
        _thresholds = new float[padded];
        for (int row = 0; row < Side; row++)
        {
            _products[row] = new int[padded];
        }
    }

    /// <summary>Largest number of members of a set.</summary>
    public int MostMembers { get; }

    /// <summary>Compares the first <paramref name="fresh"/> members with all members.</summary>
    /// <param name="members">Distinct row numbers, the fresh ones first.</param>
    /// <param name="fresh">Number of fresh members. Pairs of two other members were compared in an earlier round.</param>
    public void Run(ReadOnlySpan<int> members, int fresh)
    {
        Gather(members);
        int group = Side * _stride;
        for (int first = 0; first < fresh; first += Side)
        {
            ReadOnlySpan<short> left = _wide.AsSpan(first * _stride, group);
            for (int column = first; column < members.Length; column += Side)
            {
                CodeProducts.Multiply(left, _wide.AsSpan(column * _stride, group), _stride, _tile);
                for (int row = 0; row < Side; row++)
                {
                    _tile.AsSpan(row * Side, Side).CopyTo(_products[row].AsSpan(column));
                }
            }

            for (int row = first; row < Math.Min(fresh, first + Side); row++)
            {
                Select(members, row, first, _products[row - first]);
            }
        }
    }

    /// <summary>Widens the codes of the members to sixteen bits and copies their numbers.</summary>
    private void Gather(ReadOnlySpan<int> members)
    {
        int padded = (members.Length + 7) / 8 * 8;
        _thresholds.AsSpan(members.Length, padded - members.Length).Fill(float.PositiveInfinity);
        for (int i = 0; i < members.Length; i++)
        {
            int row = members[i];
            _steps[i] = _codes.Steps[row];
            _offsets[i] = _codes.Offsets[row];
            _thresholds[i] = _lists.Thresholds[row];
            ReadOnlySpan<Vector256<sbyte>> source = MemoryMarshal.Cast<sbyte, Vector256<sbyte>>(_codes.Row(row));
            Span<Vector256<short>> target = MemoryMarshal.Cast<short, Vector256<short>>(_wide.AsSpan(i * _stride, _stride));
            for (int k = 0; k < source.Length; k++)
            {
                (target[2 * k], target[(2 * k) + 1]) = Vector256.Widen(source[k]);
            }
        }
    }

    private void Select(ReadOnlySpan<int> members, int row, int firstColumn, int[] products)
    {
        var ownStep = Vector256.Create(_steps[row]);
        var ownOffset = Vector256.Create(_offsets[row]);
        for (int column = firstColumn / 8 * 8; column < members.Length; column += Vector256<float>.Count)
        {
            // The product of the steps comes first: it is the same for both orders of a pair.
            Vector256<float> step = ownStep * Vector256.Create(_steps, column);
            Vector256<float> product = Vector256.ConvertToSingle(Vector256.Create(products, column)) * step;
            Vector256<float> forRow = product - Vector256.Create(_offsets, column);
            Vector256<float> forColumn = product - ownOffset;
            Vector256<float> passes = Vector256.GreaterThanOrEqual(forRow, Vector256.Create(_thresholds[row]))
                | Vector256.GreaterThanOrEqual(forColumn, Vector256.Create(_thresholds, column));
            for (uint lanes = passes.ExtractMostSignificantBits(); lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                int other = column + lane;
                if (other > row && other < members.Length)
                {
                    _thresholds[row] = _lists.OfferOnce(members[row], forRow[lane], members[other]);
                    _thresholds[other] = _lists.OfferOnce(members[other], forColumn[lane], members[row]);
                }
            }
        }
    }
}
