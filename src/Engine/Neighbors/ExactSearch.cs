using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Brute-force search over the upper triangle of all pairs: strips of 64 rows times panels of 32 rows. Each product serves
/// both rows of its pair. Every thread fills its own lists; a total order merges them, so the result does not depend on the
/// assignment of strips to threads.
/// </summary>
internal sealed class ExactSearch(Matrix rows, RowGeometry geometry, int wanted)
{
    private const int StripRows = 64;
    private const int Panel = TileProduct.RightRows;

    private readonly int _panels = (rows.Rows + Panel - 1) / Panel;
    private readonly int _depth = rows.Columns;
    private readonly int _strips = (rows.Rows + StripRows - 1) / StripRows;

    /// <summary>Returns the candidates of every row by single-precision score, without the row itself.</summary>
    public CandidateLists Run(int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int panelLength = Panel * _depth;
        float[] packed = new float[checked(_panels * panelLength)];
        RowBlocks.Run(_panels, 16, threads, (_, start, end) =>
        {
            for (int panel = start; panel < end; panel++)
            {
                PackedRows.Pack(rows, geometry.Scales, panel * Panel, Panel, packed.AsSpan(panel * panelLength, panelLength));
            }
        }, cancellationToken);

        int members = Math.Clamp(threads, 1, _strips);
        var lists = new CandidateLists[members];
        int next = -1;
        int done = 0;
        new WorkTeam(members).Run(member =>
        {
            CandidateLists own = new(rows.Rows, wanted, _panels * Panel);
            lists[member] = own;
            float[] strip = new float[StripRows * _depth];
            for (int s = Interlocked.Increment(ref next); s < _strips; s = Interlocked.Increment(ref next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Compare(s, packed, strip, own);
                progress?.Report((double)Interlocked.Increment(ref done) / _strips);
            }
        });

        RowBlocks.Run(rows.Rows, 1024, threads, (_, start, end) =>
        {
            for (int other = 1; other < members; other++)
            {
                for (int row = start; row < end; row++)
                {
                    lists[0].Merge(lists[other], row);
                }
            }
        }, cancellationToken);
        return lists[0];
    }

    private void Compare(int strip, float[] packed, float[] left, CandidateLists lists)
    {
        int first = strip * StripRows;
        int groups = (Math.Min(StripRows, rows.Rows - first) + TileProduct.LeftRows - 1) / TileProduct.LeftRows;
        int groupLength = TileProduct.LeftRows * _depth;
        for (int group = 0; group < groups; group++)
        {
            Span<float> target = left.AsSpan(group * groupLength, groupLength);
            PackedRows.Pack(rows, geometry.Scales, first + (group * TileProduct.LeftRows), TileProduct.LeftRows, target);
        }

        Span<float> tile = stackalloc float[TileProduct.LeftRows * Panel];
        Span<float> offsets = stackalloc float[Panel];
        for (int panel = first / Panel; panel < _panels; panel++)
        {
            ReadOnlySpan<float> right = packed.AsSpan(panel * Panel * _depth, Panel * _depth);
            offsets.Clear();
            geometry.Offsets.AsSpan(panel * Panel, Math.Min(Panel, rows.Rows - (panel * Panel))).CopyTo(offsets);
            for (int group = 0; group < groups; group++)
            {
                TileProduct.Multiply(left.AsSpan(group * groupLength, groupLength), right, _depth, tile);
                Select(tile, first + (group * TileProduct.LeftRows), panel * Panel, offsets, lists);
            }
        }
    }

    private void Select(ReadOnlySpan<float> tile, int firstRow, int firstColumn, ReadOnlySpan<float> offsets, CandidateLists lists)
    {
        ref float products = ref MemoryMarshal.GetReference(tile);
        ref float columnOffsets = ref MemoryMarshal.GetReference(offsets);
        ref float thresholds = ref lists.Thresholds[firstColumn];
        int rowCount = Math.Min(TileProduct.LeftRows, rows.Rows - firstRow);
        for (int r = 0; r < rowCount; r++)
        {
            int row = firstRow + r;
            var ownThreshold = Vector256.Create(lists.Thresholds[row]);
            var ownOffset = Vector256.Create(geometry.Offsets[row]);
            for (int c = 0; c < Panel; c += 8)
            {
                var product = Vector256.LoadUnsafe(ref products, (nuint)((r * Panel) + c));
                Vector256<float> forRow = product - Vector256.LoadUnsafe(ref columnOffsets, (nuint)c);
                Vector256<float> forColumn = product - ownOffset;
                Vector256<float> passes = Vector256.GreaterThanOrEqual(forRow, ownThreshold)
                    | Vector256.GreaterThanOrEqual(forColumn, Vector256.LoadUnsafe(ref thresholds, (nuint)c));
                uint lanes = passes.ExtractMostSignificantBits();
                for (; lanes != 0; lanes &= lanes - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(lanes);
                    int column = firstColumn + c + lane;
                    if (column > row && column < rows.Rows)
                    {
                        lists.Offer(row, forRow[lane], column);
                        lists.Offer(column, forColumn[lane], row);
                    }
                }
            }
        }
    }
}
