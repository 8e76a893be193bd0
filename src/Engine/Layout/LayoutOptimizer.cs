using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Stochastic gradient descent over the edges (umap-learn's <c>optimize_layout_euclidean</c>) on several threads. A visit
/// moves both ends of its edge at once, as in the serial algorithm; what is different is the order of the edges within an
/// epoch (<see cref="LayoutSchedule"/>) and that random documents push from where they were when the epoch began. Tasks
/// side by side move different vertices, so the result has the same bits for any number of threads.
/// </summary>
internal sealed class LayoutOptimizer<TPoint>
    where TPoint : struct, IPoint<TPoint>
{
    private readonly LayoutSchedule _schedule;
    private readonly UmapOptions _options;
    private readonly LayoutForces _forces;
    private readonly int _epochs;
    private readonly int _count;
    private readonly float[] _positions;
    private readonly float[] _before;
    private readonly float[] _due;

    public LayoutOptimizer(LayoutSchedule schedule, float[] start, UmapOptions options, double a, double b, int epochs)
    {
        _schedule = schedule;
        _options = options;
        _forces = new LayoutForces(a, b, options.RepulsionStrength);
        _epochs = epochs;
        _count = start.Length / options.ComponentCount;
        _due = (float[])schedule.Periods.Clone();
        _positions = new float[checked(_count * TPoint.Stride)];
        for (int row = 0; row < _count; row++)
        {
            start.AsSpan(row * options.ComponentCount, options.ComponentCount).CopyTo(_positions.AsSpan(row * TPoint.Stride));
        }

        _before = (float[])_positions.Clone();
    }

    /// <summary>Runs all epochs and returns the positions, n × d.</summary>
    public Matrix Run(int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        WorkTeam team = new(Math.Clamp(threads, 1, _schedule.Width));

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

        Matrix result = new(_count, _options.ComponentCount);
        for (int row = 0; row < _count; row++)
        {
            _positions.AsSpan(row * TPoint.Stride, result.Columns).CopyTo(result.Row(row));
        }

        return result;
    }

    private bool RunEpoch(int epoch, int member, WorkTeam team)
    {
        float rate = (float)(_options.LearningRate * (1.0 - ((epoch - 1.0) / _epochs)));
        ulong key = CounterRandom.Key(_options.Seed, epoch);
        for (int round = 0; round < _schedule.Rounds; round++)
        {
            for (int task = _schedule.RoundStarts[round] + member; task < _schedule.RoundStarts[round + 1]; task += team.Members)
            {
                Visit(_schedule.TaskStarts[task], _schedule.TaskStarts[task + 1], epoch, key, rate);
            }

            if (!team.Meet())
            {
                return false;
            }
        }

        int from = (int)((long)_positions.Length * member / team.Members);
        int to = (int)((long)_positions.Length * (member + 1) / team.Members);
        _positions.AsSpan(from, to - from).CopyTo(_before.AsSpan(from));
        return team.Meet();
    }

    private void Visit(int from, int to, int epoch, ulong key, float rate)
    {
        int stride = TPoint.Stride;
        int negatives = _options.NegativeSampleRate;
        ref float positions = ref MemoryMarshal.GetArrayDataReference(_positions);
        ref float before = ref MemoryMarshal.GetArrayDataReference(_before);
        LayoutForces forces = _forces;
        var rates = Vector256.Create(rate);
        var now = Vector256.Create((float)epoch);
        Span<int> group = stackalloc int[LayoutForces.Group];
        Span<float> factors = stackalloc float[LayoutForces.Group];
        for (int block = from; block < to; block += 8)
        {
            var due = Vector256.Create(_due.AsSpan(block));
            var isDue = Vector256.LessThanOrEqual(due, now);
            uint lanes = isDue.ExtractMostSignificantBits();
            if (lanes == 0)
            {
                continue;
            }

            (due + (isDue & Vector256.Create(_schedule.Periods.AsSpan(block)))).CopyTo(_due.AsSpan(block));
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int edge = block + BitOperations.TrailingZeroCount(lanes);
                int headIndex = _schedule.Heads[edge];
                int head = headIndex * stride;
                int tail = _schedule.Tails[edge] * stride;
                var point = TPoint.Load(ref positions, (nuint)head);
                var other = TPoint.Load(ref positions, (nuint)tail);
                forces.PullBoth(ref point, ref other, rates);
                other.Store(ref positions, (nuint)tail);
                for (int drawn = 0; drawn < negatives; drawn += LayoutForces.Group)
                {
                    Vector256<int> others = CounterRandom.EightBelow(_count, key, (uint)((edge * negatives) + drawn));
                    (others * Vector256.Create(stride)).CopyTo(group);
                    var itself = Vector256.Equals(others, Vector256.Create(headIndex)).AsSingle();
                    point = forces.Push(point, ref before, group, Math.Min(LayoutForces.Group, negatives - drawn), itself, rates, factors);
                }

                point.Store(ref positions, (nuint)head);
            }
        }
    }
}
