using System.Numerics;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>The next few edges of a task that are due in an epoch, and the random documents of each; one thread's scratch.</summary>
internal sealed class DueEdges(int negatives)
{
    /// <summary>Edges looked at together; a multiple of eight. What is noted of them stays in the nearest cache.</summary>
    public const int Capacity = 512;

    private readonly int[] _edges = new int[Capacity];

    /// <summary>Room for whole vectors beyond the last edge.</summary>
    private readonly int[] _others = new int[(Capacity * negatives) + (2 * Vector256<int>.Count)];

    private int _count;

    /// <summary>Edges due.</summary>
    public ReadOnlySpan<int> Edges => _edges.AsSpan(0, _count);

    /// <summary>Where the positions of their random documents start, edge after edge.</summary>
    public ReadOnlySpan<int> Others => _others.AsSpan(0, _count * negatives);

    /// <summary>Notes which edges are due and when they are due again.</summary>
    /// <param name="due">Epoch in which each edge is due.</param>
    /// <param name="periods">Epochs between two visits.</param>
    /// <param name="first">Number of the first edge.</param>
    /// <param name="epoch">This epoch.</param>
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

    /// <summary>Draws the random documents: a function of the key, the edge and the number of the draw.</summary>
    /// <param name="key">Key of this epoch.</param>
    /// <param name="bound">Number of documents.</param>
    /// <param name="stride">Numbers of a position.</param>
    public void Draw(ulong key, int bound, int stride)
    {
        for (int i = 0; i < _count; i++)
        {
            uint counter = (uint)(_edges[i] * negatives);
            for (int drawn = 0; drawn < negatives; drawn += Vector256<int>.Count)
            {
                // What reaches beyond this edge is overwritten by the next.
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
