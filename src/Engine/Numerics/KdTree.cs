using System.Numerics;
using System.Runtime.CompilerServices;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// A k-d tree over the rows of a matrix, widened to double precision. Rows are reordered so that each leaf is a run of
/// slots; the slots' coordinates are stored in blocks of <see cref="LaneDistances.Lanes"/>. Nodes stand in preorder: the
/// left child follows its parent. All leaves but the last are full, so only the last block has padding (at infinity).
/// </summary>
internal sealed class KdTree
{
    /// <summary>Slots of a full leaf; measured best between 16 and 64 at 5 to 10 dimensions.</summary>
    public const int LeafSize = 32;

    private readonly double[] _blocks;
    private readonly KdBoxes _boxes;

    internal KdTree(int dimensions, int[] rows, double[] blocks, KdNode[] nodes, KdBoxes boxes)
    {
        Dimensions = dimensions;
        Rows = rows;
        Nodes = nodes;
        _blocks = blocks;
        _boxes = boxes;
    }

    /// <summary>Coordinates of a row.</summary>
    public int Dimensions { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Rows.Length;

    /// <summary>Row in each slot.</summary>
    public int[] Rows { get; }

    /// <summary>Nodes in preorder; node 0 is the root.</summary>
    public KdNode[] Nodes { get; }

    /// <summary>Builds the tree; the matrix is not kept.</summary>
    public static KdTree Build(Matrix points) => new KdTreeBuilder(points).Build();

    /// <summary>The coordinates of the block that starts at <paramref name="slot"/>, a multiple of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<double> Block(int slot) => _blocks.AsSpan(slot * Dimensions, Dimensions * LaneDistances.Lanes);

    /// <summary>Copies the coordinates of one slot.</summary>
    public void CopySlot(int slot, Span<double> point)
    {
        ReadOnlySpan<double> block = Block(slot & -LaneDistances.Lanes);
        int lane = slot & (LaneDistances.Lanes - 1);
        for (int k = 0; k < point.Length; k++)
        {
            point[k] = block[(k * LaneDistances.Lanes) + lane];
        }
    }

    /// <summary>A squared distance that no row below the node is nearer than.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double LowerBound(int node, ReadOnlySpan<double> point) => _boxes.LowerBound(node, point);

    /// <summary>Adds the nearest rows of <paramref name="point"/> to the list.</summary>
    public void FindNearest(ReadOnlySpan<double> point, ref NearestList nearest) => Visit(0, point, ref nearest);

    private void Visit(int node, ReadOnlySpan<double> point, ref NearestList nearest)
    {
        KdNode here = Nodes[node];
        if (here.Right == 0)
        {
            ScanLeaf(here, point, ref nearest);
            return;
        }

        int near = node + 1;
        int far = here.Right;
        double nearBound = LowerBound(near, point);
        double farBound = LowerBound(far, point);

        // Of two that are equally near the one with the lowest row decides ties soonest.
        if (farBound < nearBound || (farBound == nearBound && Nodes[far].LeastRow < Nodes[near].LeastRow))
        {
            (near, far) = (far, near);
            (nearBound, farBound) = (farBound, nearBound);
        }

        if (nearest.Admits(nearBound, Nodes[near].LeastRow))
        {
            Visit(near, point, ref nearest);
        }

        if (nearest.Admits(farBound, Nodes[far].LeastRow))
        {
            Visit(far, point, ref nearest);
        }
    }

    private void ScanLeaf(KdNode leaf, ReadOnlySpan<double> point, ref NearestList nearest)
    {
        Span<double> distances = stackalloc double[LaneDistances.Lanes];
        for (int slot = leaf.Start; slot < leaf.End; slot += LaneDistances.Lanes)
        {
            uint lanes = LaneDistances.Within(Block(slot), point, nearest.Bound, distances);
            while (lanes != 0)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                lanes &= lanes - 1;

                // While the list is not full its bound is infinite, and so is the distance of a padding lane.
                if (slot + lane < leaf.End)
                {
                    nearest.Add(distances[lane], Rows[slot + lane]);
                }
            }
        }
    }
}
