using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Stochastic gradient descent with one writer per vertex. A vertex keeps its own position in registers and reads the
/// others as they were when the round began; pulls are doubled because the other end of an edge is not moved with it.
/// Positions of an epoch go to a second array, so that a reader knows from a vertex's place which of the two arrays holds
/// the position it must see; rounds need one meeting of the threads each, and the result no particular number of threads.
/// </summary>
internal sealed class LayoutOptimizer<TPoint>
    where TPoint : struct, IPoint<TPoint>
{
    private readonly LayoutSchedule _schedule;
    private readonly UmapOptions _options;
    private readonly LayoutForces _forces;
    private readonly int _epochs;
    private readonly int _count;
    private readonly int _dimensions;
    private readonly float[] _positions;
    private readonly float[] _due;

    public LayoutOptimizer(LayoutSchedule schedule, float[] start, UmapOptions options, double a, double b, int epochs)
    {
        _schedule = schedule;
        _options = options;
        _forces = new LayoutForces(a, b, options.RepulsionStrength);
        _epochs = epochs;
        _count = schedule.VertexAt.Length;
        _dimensions = options.ComponentCount;
        _due = (float[])schedule.Periods.Clone();
        _positions = new float[checked(2 * _count * TPoint.Stride)];
        for (int place = 0; place < _count; place++)
        {
            start.AsSpan(schedule.VertexAt[place] * _dimensions, _dimensions).CopyTo(_positions.AsSpan(place * TPoint.Stride));
        }
    }

    /// <summary>Runs all epochs and returns the positions, n × d.</summary>
    public Matrix Run(int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int largestRound = _schedule.RoundStarts[1];
        WorkTeam team = new(Math.Clamp(threads, 1, Math.Max(1, largestRound / 8)));

        // Nothing is due in epoch 0: the shortest period is one epoch.
        team.Run(member =>
        {
            for (int epoch = 1; epoch < _epochs; epoch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!RunEpoch(epoch, member, team))
                {
                    return;
                }

                if (member == 0)
                {
                    progress?.Report((double)epoch / _epochs);
                }
            }
        });
        return Result();
    }

    private bool RunEpoch(int epoch, int member, WorkTeam team)
    {
        float rate = (float)(_options.LearningRate * (1.0 - ((epoch - 1.0) / _epochs)));
        ulong key = CounterRandom.Key(_options.Seed, epoch);
        for (int round = 0; round < _schedule.Rounds; round++)
        {
            int start = _schedule.RoundStarts[round];
            long length = _schedule.RoundStarts[round + 1] - start;
            int from = start + (int)(length * member / team.Members);
            int to = start + (int)(length * (member + 1) / team.Members);
            MovePlaces(from, to, start, epoch, key, rate);
            if (!team.Meet())
            {
                return false;
            }
        }

        return true;
    }

    private void MovePlaces(int from, int to, int roundStart, int epoch, ulong key, float rate)
    {
        int stride = TPoint.Stride;
        int writeBase = (epoch & 1) * _count;
        int readBase = _count - writeBase;
        ref float positions = ref MemoryMarshal.GetArrayDataReference(_positions);
        LayoutForces forces = _forces;
        var pullRate = Vector256.Create(2f * rate);
        var pushRate = Vector256.Create(rate);
        var now = Vector256.Create((float)epoch);
        var readStart = Vector256.Create(readBase);
        var writeStart = Vector256.Create(writeBase);
        var moved = Vector256.Create(roundStart);
        var strides = Vector256.Create(stride);
        Span<int> group = stackalloc int[LayoutForces.Group];
        Span<float> factors = stackalloc float[LayoutForces.Group];
        for (int place = from; place < to; place++)
        {
            var point = TPoint.Load(ref positions, (nuint)((readBase + place) * stride));
            group.Fill((readBase + place) * stride);
            int waiting = 0;
            int pulls = 0;
            for (int edge = _schedule.EdgeStarts[place]; edge < _schedule.EdgeStarts[place + 1]; edge += 8)
            {
                var due = Vector256.Create(_due.AsSpan(edge));
                var isDue = Vector256.LessThanOrEqual(due, now);
                uint lanes = isDue.ExtractMostSignificantBits();
                if (lanes == 0)
                {
                    continue;
                }

                (due + (isDue & Vector256.Create(_schedule.Periods.AsSpan(edge)))).CopyTo(_due.AsSpan(edge));
                for (; lanes != 0; lanes &= lanes - 1)
                {
                    int tail = _schedule.Tails[edge + BitOperations.TrailingZeroCount(lanes)];
                    group[waiting++] = (tail + (tail < roundStart ? writeBase : readBase)) * stride;
                    pulls++;
                    if (waiting == LayoutForces.Group)
                    {
                        point = forces.Pull(point, ref positions, group, waiting, pullRate, factors);
                        waiting = 0;
                    }
                }
            }

            if (waiting > 0)
            {
                point = forces.Pull(point, ref positions, group, waiting, pullRate, factors);
            }

            int pushes = pulls * _options.NegativeSampleRate;
            ulong ownKey = CounterRandom.Key((long)key, _schedule.VertexAt[place]);
            for (int drawn = 0; drawn < pushes; drawn += LayoutForces.Group)
            {
                Vector256<int> others = CounterRandom.EightBelow(_count, ownKey, (uint)drawn);
                var starts = Vector256.ConditionalSelect(Vector256.LessThan(others, moved), writeStart, readStart);
                ((others + starts) * strides).CopyTo(group);
                point = forces.Push(point, ref positions, group, Math.Min(LayoutForces.Group, pushes - drawn), pushRate, factors);
            }

            point.Store(ref positions, (nuint)((writeBase + place) * stride));
        }
    }

    private Matrix Result()
    {
        Matrix result = new(_count, _dimensions);
        int last = Math.Max(0, _epochs - 1);
        int origin = (last & 1) * _count;
        for (int place = 0; place < _count; place++)
        {
            _positions.AsSpan((origin + place) * TPoint.Stride, _dimensions).CopyTo(result.Row(_schedule.VertexAt[place]));
        }

        return result;
    }
}
