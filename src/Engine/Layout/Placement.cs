using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>Placement of new documents in a fixed layout. The register width of a position is chosen per model.</summary>
internal abstract class Placement
{
    public static Placement For(UmapModel model) => model.Options.ComponentCount switch
    {
        <= 8 => new Placement<Point8>(model),
        <= 16 => Vector512.IsHardwareAccelerated ? new Placement<Point16>(model) : new Placement<PointPair<Point8>>(model),
        <= 32 => new Placement<PointPair<PointPair<Point8>>>(model),
        _ => new Placement<PointPair<PointPair<PointPair<Point8>>>>(model),
    };

    /// <summary>Places a document.</summary>
    /// <returns>What the search for its neighbors found.</returns>
    public abstract NearRows Place(ReadOnlySpan<float> row, Span<float> position);

    /// <summary>Places several documents with known neighbors, each as the other overload does.</summary>
    /// <param name="nearest">
    /// Their nearest training documents, as <see cref="FindNeighbors"/> returns them; empty for a document that has no position.
    /// </param>
    /// <param name="positions">Receives the coordinates, one row per document; NaN without a position.</param>
    public abstract void Place(ReadOnlySpan<RankedRows> nearest, Matrix positions);

    /// <summary>Searches the neighbors of some rows of a matrix.</summary>
    public abstract void FindNeighbors(Matrix rows, ReadOnlySpan<int> queries, ReadOnlySpan<RankedRows> found);

    /// <summary>Searches the neighbors of a document without placing it.</summary>
    public abstract NearRows Near(ReadOnlySpan<float> row, int except);
}

/// <summary>
/// UMAP's <c>transform</c> for a single document: weights to the k nearest training documents with rho 0, their weighted
/// mean as the start, then epochs that move only the new document. umap-learn takes the largest weight and the mean
/// distance over the batch; this class takes those of the row, so a position does not depend on its batch.
/// </summary>
/// <typeparam name="TPoint">Position in vector registers.</typeparam>
internal sealed class Placement<TPoint> : Placement
    where TPoint : struct, IPoint<TPoint>
{
    private const int DefaultEpochs = 100;
    private const long PushStream = 5;

    /// <summary>Negative samples whose positions are prepared: 512 KB for up to eight coordinates. A multiple of the group.</summary>
    private const int MostPreparedSamples = 1 << 14;

    private readonly UmapModel _model;
    private readonly RowQuery _query;
    private readonly AlignedArray<float> _positions;
    private readonly AlignedArray<float> _samples;
    private readonly LayoutForces _forces;
    private readonly int _epochs;
    private readonly int _preparedSamples;
    private readonly ulong _key;

    public Placement(UmapModel model)
        : this(model, MostPreparedSamples)
    {
    }

    internal Placement(UmapModel model, int mostPreparedSamples)
    {
        _model = model;
        UmapOptions options = model.Options;
        _forces = new LayoutForces(model.A, model.B, options.RepulsionStrength);
        _epochs = options.EpochCount is { } epochs ? Math.Max(1, epochs / 3) : DefaultEpochs;
        _key = CounterRandom.Key(options.Seed, PushStream);
        int count = model.Embedding.Rows;
        _positions = new AlignedArray<float>(checked(count * TPoint.Stride));
        for (int row = 0; row < count; row++)
        {
            model.Embedding.Row(row).CopyTo(_positions.Span[(row * TPoint.Stride)..]);
        }

        _query = new RowQuery(model.TrainingRows, options.Metric, Math.Min(count, options.NeighborCount), model.Index);

        // Every document draws the same samples. In the order of the draws, their positions stay in the cache of a core.
        long groups = (((long)options.NeighborCount * options.NegativeSampleRate) + LayoutForces.Group - 1) / LayoutForces.Group;
        _preparedSamples = count == 0 ? 0 : (int)Math.Min(_epochs * groups * LayoutForces.Group, mostPreparedSamples);
        _samples = new AlignedArray<float>(_preparedSamples * TPoint.Stride);
        for (int drawn = 0; drawn < _preparedSamples; drawn += LayoutForces.Group)
        {
            Draw(drawn, _samples.Span[(drawn * TPoint.Stride)..]);
        }
    }

    public override NearRows Near(ReadOnlySpan<float> row, int except) =>
        NearRows.Of(_query.Find(row), _model.Options.Metric, except);

    public override void FindNeighbors(Matrix rows, ReadOnlySpan<int> queries, ReadOnlySpan<RankedRows> found) =>
        _query.Find(rows, queries, found);

    public override NearRows Place(ReadOnlySpan<float> row, Span<float> position)
    {
        RankedRows nearest = _query.Find(row);
        if (nearest.Count == 0)
        {
            throw new ArgumentException("The model has no training documents to place the row among.", nameof(row));
        }

        PlaceAlone(nearest, position);
        return NearRows.Of(nearest, _model.Options.Metric);
    }

    public override void Place(ReadOnlySpan<RankedRows> nearest, Matrix positions)
    {
        int length = PlacementWalk<TPoint>.ScratchLength;
        Span<float> scratch = stackalloc float[2 * length];
        for (int i = 0; i < nearest.Length; i += 2)
        {
            int other = i + 1;
            if (other < nearest.Length && Moves(nearest[i]) && Moves(nearest[other]))
            {
                PlacementWalk<TPoint> first = new(nearest[i], scratch[..length]);
                PlacementWalk<TPoint> second = new(nearest[other], scratch[length..]);
                Start(ref first);
                Start(ref second);
                Finish(ref first, ref second);
                first.CopyTo(positions.Row(i));
                second.CopyTo(positions.Row(other));
                continue;
            }

            PlaceAlone(nearest[i], positions.Row(i));
            if (other < nearest.Length)
            {
                PlaceAlone(nearest[other], positions.Row(other));
            }
        }
    }

    private static bool Moves(RankedRows nearest) => nearest.Count > 0 && nearest.Distance(0) > 0.0;

    private void PlaceAlone(RankedRows nearest, Span<float> position)
    {
        if (nearest.Count == 0)
        {
            position.Fill(float.NaN);
        }
        else if (!Moves(nearest))
        {
            _model.Embedding.Row(nearest.Index(0)).CopyTo(position);
        }
        else
        {
            Span<float> scratch = stackalloc float[PlacementWalk<TPoint>.ScratchLength];
            PlacementWalk<TPoint> walk = new(nearest, scratch);
            Start(ref walk);
            Finish(ref walk);
            walk.CopyTo(position);
        }
    }

    private void Weigh(RankedRows nearest, Span<float> weights)
    {
        double mean = 0.0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)nearest.Distance(i);
            mean += weights[i];
        }

        double connectivity = Math.Max(0.0, _model.Options.LocalConnectivity - 1.0);
        (float rho, float sigma) = LocalScale.OfRow(weights, connectivity, mean / weights.Length);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = FuzzyGraph.Weight(weights[i], rho, sigma);
        }
    }

    /// <summary>Moves a document to its start, the weighted mean of its neighbors.</summary>
    private void Start(ref PlacementWalk<TPoint> walk)
    {
        ref float positions = ref _positions.Origin;
        Span<float> weights = walk.Due;
        Weigh(walk.Nearest, weights);
        float heaviest = 0f;
        float total = 0f;
        foreach (float weight in weights)
        {
            heaviest = Math.Max(heaviest, weight);
            total += weight;
        }

        if (total <= 0f)
        {
            // Every weight underflowed: fall back to the position of the nearest document, where no neighbor attracts.
            walk.Point = TPoint.Load(ref positions, (nuint)(walk.Nearest.Index(0) * TPoint.Stride));
            walk.Due.Fill(float.PositiveInfinity);
            return;
        }

        TPoint point = default;
        for (int i = 0; i < weights.Length; i++)
        {
            var neighbor = TPoint.Load(ref positions, (nuint)(walk.Nearest.Index(i) * TPoint.Stride));
            point = TPoint.AddScaled(point, neighbor, weights[i] / total);
        }

        walk.Point = point;
        for (int i = 0; i < weights.Length; i++)
        {
            walk.Periods[i] = weights[i] >= heaviest / _epochs ? heaviest / weights[i] : float.PositiveInfinity;
        }

        walk.Periods.CopyTo(walk.Due);
    }

    private void Finish(ref PlacementWalk<TPoint> walk)
    {
        for (int epoch = 1; epoch < _epochs; epoch++)
        {
            float rate = Rate(epoch);
            Pull(ref walk, epoch, rate);
            PushRest(ref walk, rate);
        }
    }

    /// <summary>
    /// Runs the epochs of two documents. Each step of one depends on its step before, so a processor that runs them in turns waits less.
    /// </summary>
    private void Finish(ref PlacementWalk<TPoint> first, ref PlacementWalk<TPoint> second)
    {
        for (int epoch = 1; epoch < _epochs; epoch++)
        {
            float rate = Rate(epoch);
            Pull(ref first, epoch, rate);
            Pull(ref second, epoch, rate);
            while (first.Pushes > 0 && second.Pushes > 0)
            {
                Push(ref first, ref second, rate);
            }

            PushRest(ref first, rate);
            PushRest(ref second, rate);
        }
    }

    private float Rate(int epoch) => (float)(_model.Options.LearningRate / 4.0 * (1.0 - ((epoch - 1.0) / _epochs)));

    /// <summary>Applies the attractions of an epoch, and counts its repulsions.</summary>
    private void Pull(ref PlacementWalk<TPoint> walk, int epoch, float rate)
    {
        ref float positions = ref _positions.Origin;
        Span<float> due = walk.Due;
        Span<float> periods = walk.Periods;
        TPoint point = walk.Point;
        int pulls = 0;
        for (int i = 0; i < due.Length; i++)
        {
            if (due[i] > epoch)
            {
                continue;
            }

            due[i] += periods[i];
            point = _forces.Pull(point, TPoint.Load(ref positions, (nuint)(walk.Nearest.Index(i) * TPoint.Stride)), rate);
            pulls++;
        }

        walk.Point = point;
        walk.Pushes = pulls * _model.Options.NegativeSampleRate;
    }

    /// <summary>Applies the repulsions that are left in the epoch.</summary>
    private void PushRest(ref PlacementWalk<TPoint> walk, float rate)
    {
        while (walk.Pushes > 0)
        {
            ref float samples = ref NextSamples(ref walk);
            Measure(walk.Point, ref samples, walk.Squares);
            _forces.Pushes(walk.Squares, walk.Factors);
            Move(ref walk, ref samples, rate);
        }
    }

    /// <summary>Applies a group of repulsions to each of two documents.</summary>
    private void Push(ref PlacementWalk<TPoint> first, ref PlacementWalk<TPoint> second, float rate)
    {
        ref float firstSamples = ref NextSamples(ref first);
        ref float secondSamples = ref NextSamples(ref second);
        Measure(first.Point, ref firstSamples, first.Squares);
        Measure(second.Point, ref secondSamples, second.Squares);
        _forces.Pushes(first.Squares, first.Factors);
        _forces.Pushes(second.Squares, second.Factors);
        Move(ref first, ref firstSamples, rate);
        Move(ref second, ref secondSamples, rate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Measure(TPoint point, ref float samples, Span<Vector256<float>> squares)
    {
        for (int i = 0; i < squares.Length; i++)
        {
            squares[i] = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref samples, (nuint)(i * TPoint.Stride))));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(ref PlacementWalk<TPoint> walk, ref float samples, float rate)
    {
        TPoint from = walk.Point;
        TPoint point = from;
        ReadOnlySpan<float> factors = walk.Factors[..Math.Min(LayoutForces.Group, walk.Pushes)];
        for (int i = 0; i < factors.Length; i++)
        {
            TPoint sample = TPoint.Load(ref samples, (nuint)(i * TPoint.Stride));
            point = TPoint.Move(point, TPoint.Subtract(from, sample), factors[i], rate);
        }

        walk.Point = point;
        walk.Pushes -= LayoutForces.Group;
    }

    /// <summary>Returns the positions of the next group of negative samples.</summary>
    private ref float NextSamples(ref PlacementWalk<TPoint> walk)
    {
        int drawn = walk.Drawn;
        walk.Drawn += LayoutForces.Group;
        if (drawn < _preparedSamples)
        {
            return ref _samples.Span[drawn * TPoint.Stride];
        }

        Draw(drawn, walk.Samples);
        return ref MemoryMarshal.GetReference(walk.Samples);
    }

    private void Draw(int drawn, Span<float> group)
    {
        Span<int> rows = stackalloc int[LayoutForces.Group];
        for (int i = 0; i < LayoutForces.Group; i += Vector256<int>.Count)
        {
            CounterRandom.EightBelow(_model.Embedding.Rows, _key, (uint)(drawn + i)).CopyTo(rows[i..]);
        }

        for (int i = 0; i < LayoutForces.Group; i++)
        {
            _positions.Span.Slice(rows[i] * TPoint.Stride, TPoint.Stride).CopyTo(group[(i * TPoint.Stride)..]);
        }
    }
}
