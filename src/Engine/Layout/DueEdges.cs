using System.Numerics;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Batch of edges that are due in an epoch, with the negative samples of each edge. Scratch memory of one thread.</summary>
internal sealed class DueEdges(int negatives)
{
    /// <summary>Edges per batch, a multiple of eight; small enough for the L1 cache.</summary>
    public const int Capacity = 512;

    private readonly int[] _edges = new int[Capacity];

    /// <summary>Padded, because whole vectors are written past the last edge.</summary>
    private readonly int[] _others = new int[(Capacity * negatives) + (2 * Vector256<int>.Count)];

    private int _count;

    /// <summary>Numbers of the due edges.</summary>
    public ReadOnlySpan<int> Edges => _edges.AsSpan(0, _count);

    /// <summary>Offsets of the positions of the negative samples, <c>negatives</c> per edge.</summary>
    public ReadOnlySpan<int> Others => _others.AsSpan(0, _count * negatives);

    /// <summary>Collects the due edges and schedules their next visit.</summary>
    /// <param name="due">Epoch of the next visit of each edge.</param>
    /// <param name="periods">Number of epochs between two visits of each edge.</param>
    /// <param name="first">Number of the first edge.</param>
    /// <param name="epoch">Current epoch.</param>
    public void Collect(Span<float> due, ReadOnlySpan<float> periods, int first, int epoch)
    {
        var now = Vector256.Create((float)epoch);
        _count = 0;
        for (int block = 0; block < due.Length; block += Vector256<float>.Count)
        {
            var when = Vector256.Create<float>(due[block..]);
            var isDue = Vector256.LessThanOrEqual(when, now);
            uint lanes = isDue.ExtractMostSignificantBits();
            if (lanes == 0)
            {
                continue;
            }

            (when + (isDue & Vector256.Create(periods[block..]))).CopyTo(due[block..]);
            for (; lanes != 0; lanes &= lanes - 1)
            {
                _edges[_count++] = first + block + BitOperations.TrailingZeroCount(lanes);
            }
        }
    }

    /// <summary>Draws the negative samples, as a function of the key, the edge and the draw number.</summary>
    /// <param name="key">Random key of the epoch.</param>
    /// <param name="bound">Number of documents.</param>
    /// <param name="stride">Stride of a position, in floats.</param>
    public void Draw(ulong key, int bound, int stride)
    {
        for (int i = 0; i < _count; i++)
        {
            uint counter = (uint)(_edges[i] * negatives);
            for (int drawn = 0; drawn < negatives; drawn += Vector256<int>.Count)
            {
                // The next edge overwrites what this vector writes past the current edge.
                (Vector256<uint>.Indices + Vector256.Create(counter + (uint)drawn)).AsInt32().CopyTo(_others, (i * negatives) + drawn);
            }
        }

        for (int i = 0; i < _count * negatives; i += Vector256<int>.Count)
        {
            var counters = Vector256.Create(_others, i).AsUInt32();
            (CounterRandom.EightBelow(bound, key, counters) * Vector256.Create(stride)).CopyTo(_others, i);
        }
    }
}
