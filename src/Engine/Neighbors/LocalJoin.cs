using System.Numerics;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Pairwise comparison of a set of rows, in tiles; offers each pair to the lists of both rows. Holds the scratch memory of
/// one thread.
/// </summary>
internal sealed class LocalJoin(Matrix rows, RowGeometry geometry, CandidateLists lists, int mostMembers)
{
    private const int Left = TileProduct.LeftRows;
    private const int Panel = TileProduct.RightRows;

    private readonly int _depth = rows.Columns;
    private readonly float[] _right = new float[(mostMembers + Panel - 1) / Panel * Panel * rows.Columns];
    private readonly float[] _left = new float[Left * rows.Columns];
    private readonly float[] _tile = new float[Left * Panel];
    private readonly float[] _offsets = new float[mostMembers + Panel];
    private readonly float[] _thresholds = new float[mostMembers + Panel];

    /// <summary>Compares the first <paramref name="fresh"/> members with all members.</summary>
    /// <param name="members">Distinct row numbers, the fresh ones first.</param>
    /// <param name="fresh">Number of fresh members. Pairs of two other members were compared in an earlier round.</param>
    public void Run(ReadOnlySpan<int> members, int fresh)
    {
        Gather(members);
        int panels = (members.Length + Panel - 1) / Panel;
        for (int first = 0; first < fresh; first += Left)
        {
            PackLeft(first);
            for (int panel = first / Panel; panel < panels; panel++)
            {
                TileProduct.Multiply(_left, _right.AsSpan(panel * Panel * _depth, Panel * _depth), _depth, _tile);
                for (int r = 0; r < Math.Min(Left, fresh - first); r++)
                {
                    Select(members, first + r, panel * Panel, _tile.AsSpan(r * Panel, Panel));
                }
            }
        }
    }

    private void Gather(ReadOnlySpan<int> members)
    {
        int padded = (members.Length + Panel - 1) / Panel * Panel;
        _thresholds.AsSpan(members.Length, padded - members.Length).Fill(float.PositiveInfinity);
        for (int i = 0; i < members.Length; i++)
        {
            _offsets[i] = geometry.Offsets[members[i]];
            _thresholds[i] = lists.Thresholds[members[i]];
        }

        for (int first = 0; first < members.Length; first += Panel)
        {
            Gather(members.Slice(first, Math.Min(Panel, members.Length - first)), _right.AsSpan(first * _depth, Panel * _depth));
        }
    }

    /// <summary>Packs the members into a panel. Writes are sequential; each row is read sequentially.</summary>
    private void Gather(ReadOnlySpan<int> members, Span<float> panel)
    {
        Span<int> starts = stackalloc int[Panel];
        Span<float> scales = stackalloc float[Panel];
        for (int i = 0; i < members.Length; i++)
        {
            starts[i] = members[i] * _depth;
            scales[i] = geometry.Scales[members[i]];
        }

        float[] values = rows.Values;
        for (int k = 0; k < _depth; k++)
        {
            Span<float> target = panel.Slice(k * Panel, members.Length);
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = values[starts[i] + k] * scales[i];
            }
        }
    }

    private void PackLeft(int first)
    {
        int from = (first / Panel * Panel * _depth) + (first % Panel);
        for (int k = 0; k < _depth; k++)
        {
            _right.AsSpan(from + (k * Panel), Left).CopyTo(_left.AsSpan(k * Left, Left));
        }
    }

    private void Select(ReadOnlySpan<int> members, int row, int firstColumn, ReadOnlySpan<float> products)
    {
        var ownOffset = Vector256.Create(_offsets[row]);
        for (int c = 0; c < Panel; c += Vector256<float>.Count)
        {
            int column = firstColumn + c;
            var product = Vector256.Create(products[c..]);
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
                    lists.OfferOnce(members[row], forRow[lane], members[other]);
                    lists.OfferOnce(members[other], forColumn[lane], members[row]);
                    _thresholds[row] = lists.Thresholds[members[row]];
                    _thresholds[other] = lists.Thresholds[members[other]];
                }
            }
        }
    }
}
