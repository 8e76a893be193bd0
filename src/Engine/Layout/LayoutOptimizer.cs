using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Parallel stochastic gradient descent over the edges (umap-learn's <c>optimize_layout_euclidean</c>). A visit moves both
/// ends of an edge at once, as in the serial algorithm. Two things differ: the order of edges within an epoch
/// (<see cref="LayoutSchedule"/>), and negative samples repel from their position at the start of the epoch. Concurrent
/// tasks move disjoint vertices, so the result has the same bits for any number of threads.
/// </summary>
internal sealed class LayoutOptimizer<TPoint>
    where TPoint : struct, IPoint<TPoint>
{
    private readonly LayoutSchedule _schedule;
    private readonly UmapOptions _options;
    private readonly LayoutForces _forces;
    private readonly int _epochs;
    private readonly int _count;
    private readonly AlignedArray<float> _positions;
    private readonly NegativeSamples<TPoint> _samples;
    private readonly float[] _due;

    /// <summary>Tasks claimed in each round, accumulated over all epochs.</summary>
    private readonly int[] _taken;

    /// <summary>Copies the start.</summary>
    /// <param name="schedule">Schedule of the edges.</param>
    /// <param name="start">Positions at the start, n × d in the order of the schedule's vertices.</param>
    /// <param name="options">Settings of the layout.</param>
    /// <param name="curve">Constants a and b of the layout's similarity.</param>
    /// <param name="epochs">Number of epochs.</param>
    /// <param name="samples">Negative samples as in <see cref="NegativeSamples{TPoint}"/>.</param>
    public LayoutOptimizer(
        LayoutSchedule schedule,
        float[] start,
        UmapOptions options,
        (double A, double B) curve,
        int epochs,
        int samples = NegativeSamples<TPoint>.All)
    {
        _schedule = schedule;
        _options = options;
        _forces = new LayoutForces(curve.A, curve.B, options.RepulsionStrength);
        _epochs = epochs;
        _count = start.Length / options.ComponentCount;
        _due = (float[])schedule.Periods.Clone();
        _taken = new int[schedule.Rounds];
        _positions = new AlignedArray<float>(checked(_count * TPoint.Stride));
        for (int row = 0; row < _count; row++)
        {
            start.AsSpan(row * options.ComponentCount, options.ComponentCount).CopyTo(_positions.Span.Slice(row * TPoint.Stride));
        }

        _samples = new NegativeSamples<TPoint>(_positions, options.Seed, schedule.Rounds, samples);
        _samples.Take(1, 0, 1);
    }

    /// <summary>Runs all epochs and returns the positions, n × d.</summary>
    /// <param name="rowOf">Row of the result for each vertex; null for the order of the vertices.</param>
    /// <param name="threads">Number of threads.</param>
    /// <param name="progress">Receives the fraction done; null for none.</param>
    /// <param name="cancellationToken">Cancels within one epoch.</param>
    public Matrix Run(int[]? rowOf, int threads, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        WorkTeam team = new(Math.Clamp(threads, 1, _schedule.Width));

        // Start at epoch 1: the shortest period is one epoch, so no edge is due in epoch 0.
        team.Run(member =>
        {
            DueEdges due = new(_options.NegativeSampleRate);
            for (int epoch = 1; epoch < _epochs; epoch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!RunEpoch(epoch, member, team, due))
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
        for (int vertex = 0; vertex < _count; vertex++)
        {
            _positions.Span.Slice(vertex * TPoint.Stride, result.Columns).CopyTo(result.Row(rowOf is null ? vertex : rowOf[vertex]));
        }

        return result;
    }

    private bool RunEpoch(int epoch, int member, WorkTeam team, DueEdges due)
    {
        float rate = (float)(_options.LearningRate * (1.0 - ((epoch - 1.0) / _epochs)));
        ulong key = CounterRandom.Key(_options.Seed, epoch);
        for (int round = 0; round < _schedule.Rounds; round++)
        {
            // In each round, every member makes one claim past the end, so each earlier epoch advanced the counter by count + Members.
            int first = _schedule.RoundStarts[round];
            int count = _schedule.RoundStarts[round + 1] - first;
            int moved = (epoch - 1) * (count + team.Members);
            for (int task = Claim(round, moved); task < count; task = Claim(round, moved))
            {
                Range edges = _schedule.TaskStarts[first + task].._schedule.TaskStarts[first + task + 1];
                Visit(edges, epoch, key, rate, round, due);
            }

            if (!team.Meet())
            {
                return false;
            }
        }

        _samples.Take(epoch + 1, member, team.Members);
        return team.Meet();
    }

    private int Claim(int round, int moved) => Interlocked.Increment(ref _taken[round]) - 1 - moved;

    private void Visit(Range range, int epoch, ulong key, float rate, int round, DueEdges due)
    {
        (int from, int to) = (range.Start.Value, range.End.Value);
        int negatives = _options.NegativeSampleRate;
        int together = Math.Max(1, LayoutForces.Group / Math.Max(1, negatives));
        Span<Vector256<float>> squares = stackalloc Vector256<float>[LayoutForces.Group];
        Span<float> factors = stackalloc float[LayoutForces.Group];
        squares.Clear();
        for (int first = from; first < to; first += DueEdges.Capacity)
        {
            int length = Math.Min(DueEdges.Capacity, to - first);
            due.Collect(_due.AsSpan(first, length), _schedule.Periods.AsSpan(first, length), first, epoch);
            due.Draw(key, _samples.Count, TPoint.Stride);
            for (int start = 0; start < due.Edges.Length; start += together)
            {
                ReadOnlySpan<int> edges = due.Edges.Slice(start, Math.Min(together, due.Edges.Length - start));
                Pull(edges, rate);
                Push(edges, due.Others.Slice(start * negatives, edges.Length * negatives), rate, round, squares, factors);
            }
        }
    }

    private void Pull(ReadOnlySpan<int> edges, float rate)
    {
        ref float positions = ref _positions.Origin;
        foreach (int edge in edges)
        {
            nuint head = (nuint)(_schedule.Heads[edge] * TPoint.Stride);
            nuint tail = (nuint)(_schedule.Tails[edge] * TPoint.Stride);
            var point = TPoint.Load(ref positions, head);
            var other = TPoint.Load(ref positions, tail);
            _forces.PullBoth(ref point, ref other, rate);
            other.Store(ref positions, tail);
            point.Store(ref positions, head);
        }
    }

    /// <summary>
    /// Repels the heads of some edges: several edges whose negative samples fill one group, or one edge with any number of
    /// samples.
    /// </summary>
    private void Push(
        ReadOnlySpan<int> edges,
        ReadOnlySpan<int> others,
        float rate,
        int round,
        Span<Vector256<float>> squares,
        Span<float> factors)
    {
        ref float positions = ref _positions.Origin;
        ref float before = ref _samples.Origin;
        int sample = _samples.FirstOffset(round);
        for (int first = 0; first < others.Length; first += LayoutForces.Group)
        {
            ReadOnlySpan<int> group = others.Slice(first, Math.Min(LayoutForces.Group, others.Length - first));
            int each = group.Length / edges.Length;
            for (int i = 0, k = 0; i < edges.Length; i++)
            {
                var point = TPoint.Load(ref positions, (nuint)(_schedule.Heads[edges[i]] * TPoint.Stride));
                for (int end = k + each; k < end; k++)
                {
                    squares[k] = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref before, (nuint)(sample + group[k]))));
                }
            }

            _forces.Pushes(squares, factors);
            for (int i = 0, k = 0; i < edges.Length; i++)
            {
                int head = _schedule.Heads[edges[i]] * TPoint.Stride;
                var from = TPoint.Load(ref positions, (nuint)head);
                TPoint point = from;
                for (int end = k + each; k < end; k++)
                {
                    // A document does not repel itself.
                    if (_samples.VertexOffset(round, group[k]) != head)
                    {
                        var other = TPoint.Load(ref before, (nuint)(sample + group[k]));
                        point = TPoint.Move(point, TPoint.Subtract(from, other), factors[k], rate);
                    }
                }

                point.Store(ref positions, (nuint)head);
            }
        }
    }
}
