namespace TopicGrpc.Engine.Neighbors;

/// <summary>Scratch memory of one thread for <see cref="RowQuery"/>; grows to the largest model that the thread queries.</summary>
internal sealed class QueryScratch
{
    private float[] _upper = [];

    public short[] FineCodes { get; private set; } = [];

    public short[] CoarseQuery { get; private set; } = [];

    public int[] First { get; private set; } = [];

    public int[] Reaching { get; private set; } = [];

    public float[] Bounds { get; private set; } = [];

    public RankedRows Nearest { get; } = new(0);

    public void Reset(CoarseRows coarse, int stride, int count)
    {
        if (_upper.Length < CoarseRows.QueryGroup * coarse.Blocks * CoarseRows.BlockRows)
        {
            _upper = new float[CoarseRows.QueryGroup * coarse.Blocks * CoarseRows.BlockRows];
        }

        if (Bounds.Length < coarse.Blocks * CoarseRows.BlockRows)
        {
            Bounds = new float[coarse.Blocks * CoarseRows.BlockRows];
            Reaching = new int[Bounds.Length];
        }

        if (FineCodes.Length < stride)
        {
            FineCodes = new short[stride];
        }

        if (CoarseQuery.Length < CoarseRows.QueryGroup * coarse.Axes)
        {
            CoarseQuery = new short[CoarseRows.QueryGroup * coarse.Axes];
        }

        if (First.Length < count)
        {
            First = new int[count];
        }
    }

    /// <summary>Returns the places for the bounds of some of the queries of a group.</summary>
    public Span<float> UpperOf(CoarseRows coarse, int query, int count = 1)
    {
        int padded = coarse.Blocks * CoarseRows.BlockRows;
        return _upper.AsSpan(query * padded, count * padded);
    }
}
