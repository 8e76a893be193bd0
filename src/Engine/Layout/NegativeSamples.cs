using System.Runtime.CompilerServices;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Positions at the start of an epoch, from which the negative samples of its edges are drawn: all positions, or one uniform
/// random sample of them for each round. A sample fits the L2 cache; of a million documents, most draws from all positions
/// would wait for main memory. A draw has the same distribution either way, but the edges of a round share a sample.
/// </summary>
/// <typeparam name="TPoint">Position in vector registers.</typeparam>
internal sealed class NegativeSamples<TPoint>
    where TPoint : struct, IPoint<TPoint>
{
    /// <summary>Sample size that means all positions.</summary>
    public const int All = 0;

    /// <summary>Second key of the draws of the samples.</summary>
    private const long SampleStream = 6;

    private readonly AlignedArray<float> _positions;
    private readonly AlignedArray<float> _taken;
    private readonly int[] _vertexOffsets;
    private readonly long _seed;
    private readonly int _vertices;

    /// <summary>Allocates the samples.</summary>
    /// <param name="positions">Positions of all vertices.</param>
    /// <param name="seed">Seed of the layout.</param>
    /// <param name="rounds">Rounds per epoch.</param>
    /// <param name="size">Positions per sample; <see cref="All"/> for all positions.</param>
    public NegativeSamples(AlignedArray<float> positions, long seed, int rounds, int size)
    {
        _positions = positions;
        _seed = seed;
        _vertices = positions.Span.Length / TPoint.Stride;
        Count = size == All ? _vertices : size;
        _vertexOffsets = size == All ? [] : new int[checked(rounds * size)];
        _taken = new AlignedArray<float>(size == All ? positions.Span.Length : checked(_vertexOffsets.Length * TPoint.Stride));
    }

    /// <summary>Number of positions to draw from.</summary>
    public int Count { get; }

    /// <summary>Reference to the first copied position, for loops that use unchecked offsets.</summary>
    public ref float Origin
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _taken.Origin;
    }

    /// <summary>Returns the offset of the first position of a round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstOffset(int round) => _vertexOffsets.Length == 0 ? 0 : round * Count * TPoint.Stride;

    /// <summary>Returns the offset, among all positions, of the vertex that was sampled at an offset of a round.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int VertexOffset(int round, int offset) =>
        _vertexOffsets.Length == 0 ? offset : _vertexOffsets[(round * Count) + (offset / TPoint.Stride)];

    /// <summary>Copies the positions for an epoch. Each member of a team copies its part while no position moves.</summary>
    public void Take(int epoch, int member, int members)
    {
        int total = _vertexOffsets.Length == 0 ? _vertices : _vertexOffsets.Length;
        int from = (int)((long)total * member / members);
        int to = (int)((long)total * (member + 1) / members);
        if (_vertexOffsets.Length == 0)
        {
            Range range = (from * TPoint.Stride)..(to * TPoint.Stride);
            _positions.Span[range].CopyTo(_taken.Span[range]);
            return;
        }

        ulong key = CounterRandom.Key(_seed, SampleStream, epoch);
        for (int place = from; place < to; place++)
        {
            int offset = CounterRandom.Below(_vertices, key, place) * TPoint.Stride;
            _vertexOffsets[place] = offset;
            _positions.Span.Slice(offset, TPoint.Stride).CopyTo(_taken.Span[(place * TPoint.Stride)..]);
        }
    }
}
