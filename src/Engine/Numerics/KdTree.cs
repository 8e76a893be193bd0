using System.Numerics;
using System.Runtime.CompilerServices;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// A k-d tree over the rows of an n × d matrix, widened to double precision. Rows are reordered so that each leaf is a run
/// of slots; the coordinates of the slots are stored in blocks of <see cref="LaneDistances.Lanes"/>. Nodes are in preorder:
/// the left child follows its parent. All leaves but the last are full, so only the last block has padding, at infinity.
/// </summary>
internal sealed class KdTree
{
    /// <summary>Slots of a full leaf. 32 is the fastest of 16 to 64 for 5 to 10 dimensions.</summary>
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

    /// <summary>Coordinates per row, d.</summary>
    public int Dimensions { get; }

    /// <summary>Number of rows, n.</summary>
    public int Count => Rows.Length;

    /// <summary>Row number of each slot.</summary>
    public int[] Rows { get; }

    /// <summary>Nodes in preorder; node 0 is the root.</summary>
    public KdNode[] Nodes { get; }

    /// <summary>Builds the tree. The tree copies the coordinates and holds no reference to the matrix.</summary>
    public static KdTree Build(Matrix points) => new KdTreeBuilder(points).Build();

    /// <summary>
    /// Returns the coordinates of the block that starts at <paramref name="slot"/>, a multiple of eight: d × 8 values,
    /// dimension outermost.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<double> Block(int slot) => _blocks.AsSpan(slot * Dimensions, Dimensions * LaneDistances.Lanes);

    /// <summary>Copies the d coordinates of one slot to <paramref name="point"/>.</summary>
    public void CopySlot(int slot, Span<double> point)
    {
        ReadOnlySpan<double> block = Block(slot & -LaneDistances.Lanes);
        int lane = slot & (LaneDistances.Lanes - 1);
        for (int k = 0; k < point.Length; k++)
        {
            point[k] = block[(k * LaneDistances.Lanes) + lane];
        }
    }

    /// <summary>Returns the squared distance of two slots, with the same bits as <see cref="LaneDistances"/>.</summary>
    public double SquaredDistance(int slot, int other)
    {
        ReadOnlySpan<double> first = Block(slot & -LaneDistances.Lanes)[(slot & (LaneDistances.Lanes - 1))..];
        ReadOnlySpan<double> second = Block(other & -LaneDistances.Lanes)[(other & (LaneDistances.Lanes - 1))..];
        double sum = 0;
        for (int k = 0; k < Dimensions * LaneDistances.Lanes; k += LaneDistances.Lanes)
        {
            double difference = second[k] - first[k];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>Returns a lower bound of the squared distance from the point to the rows of a node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double LowerBound(int node, ReadOnlySpan<double> point) => _boxes.LowerBound(node, point);

    /// <summary>Returns a lower bound of the squared distance between any rows of two nodes.</summary>
    public double LowerBound(int node, int other) => _boxes.LowerBound(node, other);

    /// <summary>Fills the list with the rows nearest to <paramref name="point"/>, and sorts it.</summary>
    public void FindNearest(ReadOnlySpan<double> point, ref NearestList nearest)
    {
        Visit(0, point, ref nearest);
        nearest.Complete();
    }

    /// <summary>Adds the smallest squared distances from <paramref name="point"/> to the selection.</summary>
    public void FindDistances(ReadOnlySpan<double> point, DistanceSelection selection) => Visit(0, point, selection);

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

        // For equal bounds, visit the child with the smaller row first: smaller rows win ties, so the other child is pruned sooner.
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

    private void Visit(int node, ReadOnlySpan<double> point, DistanceSelection selection)
    {
        KdNode here = Nodes[node];
        if (here.Right == 0)
        {
            ScanLeaf(here, point, selection);
            return;
        }

        int near = node + 1;
        int far = here.Right;
        double nearBound = LowerBound(near, point);
        double farBound = LowerBound(far, point);
        if (farBound < nearBound)
        {
            (near, far) = (far, near);
            (nearBound, farBound) = (farBound, nearBound);
        }

        if (nearBound <= selection.Bound)
        {
            Visit(near, point, selection);
        }

        if (farBound <= selection.Bound)
        {
            Visit(far, point, selection);
        }
    }

    private void ScanLeaf(KdNode leaf, ReadOnlySpan<double> point, DistanceSelection selection)
    {
        Span<double> distances = stackalloc double[LaneDistances.Lanes];
        for (int slot = leaf.Start; slot < leaf.End; slot += LaneDistances.Lanes)
        {
            uint lanes = LaneDistances.Within(Block(slot), point, selection.Bound, distances);
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);

                // Padding lanes are at infinite distance, and the bound may be infinite.
                if (slot + lane < leaf.End)
                {
                    selection.Add(distances[lane]);
                }
            }
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

                // Padding lanes are at infinite distance, and the bound is infinite until the list is full.
                if (slot + lane < leaf.End)
                {
                    nearest.Add(distances[lane], Rows[slot + lane]);
                }
            }
        }
    }
}
