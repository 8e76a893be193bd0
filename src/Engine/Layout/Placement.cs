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

    /// <summary>Places a document with known neighbors.</summary>
    /// <param name="nearest">Its nearest training documents, as <see cref="FindNeighbors"/> returns them.</param>
    /// <param name="position">Receives the coordinates.</param>
    public abstract NearRows Place(RankedRows nearest, Span<float> position);

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

    public override NearRows Place(ReadOnlySpan<float> row, Span<float> position) => Place(_query.Find(row), position);

    public override NearRows Place(RankedRows nearest, Span<float> position)
    {
        int k = nearest.Count;
        if (k == 0)
        {
            throw new ArgumentException("The model has no training documents to place the row among.", nameof(nearest));
        }

        if (nearest.Distance(0) == 0.0)
        {
            _model.Embedding.Row(nearest.Index(0)).CopyTo(position);
            return NearRows.Of(nearest, _model.Options.Metric);
        }

        Span<float> weights = k <= 256 ? stackalloc float[k] : new float[k];
        Weigh(nearest, weights);
        TPoint point = Optimize(nearest, weights);
        Span<float> padded = stackalloc float[TPoint.Stride];
        point.Store(ref MemoryMarshal.GetReference(padded), 0);
        padded[..position.Length].CopyTo(position);
        return NearRows.Of(nearest, _model.Options.Metric);
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

    private TPoint Optimize(RankedRows nearest, Span<float> weights)
    {
        int stride = TPoint.Stride;
        ref float positions = ref _positions.Origin;
        float heaviest = 0f;
        float total = 0f;
        foreach (float weight in weights)
        {
            heaviest = Math.Max(heaviest, weight);
            total += weight;
        }

        TPoint point = default;
        if (total > 0f)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                var neighbor = TPoint.Load(ref positions, (nuint)(nearest.Index(i) * stride));
                point = TPoint.AddScaled(point, neighbor, weights[i] / total);
            }
        }
        else
        {
            // Every weight underflowed: fall back to the position of the nearest document.
            return TPoint.Load(ref positions, (nuint)(nearest.Index(0) * stride));
        }

        Span<float> periods = stackalloc float[weights.Length];
        Span<float> due = stackalloc float[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            periods[i] = weights[i] >= heaviest / _epochs ? heaviest / weights[i] : float.PositiveInfinity;
            due[i] = periods[i];
        }

        Span<float> own = stackalloc float[LayoutForces.Group * TPoint.Stride];
        Span<Vector256<float>> squares = stackalloc Vector256<float>[LayoutForces.Group];
        Span<float> factors = stackalloc float[LayoutForces.Group];
        int drawn = 0;
        for (int epoch = 1; epoch < _epochs; epoch++)
        {
            float rate = (float)(_model.Options.LearningRate / 4.0 * (1.0 - ((epoch - 1.0) / _epochs)));
            int pulls = 0;
            for (int i = 0; i < due.Length; i++)
            {
                if (due[i] > epoch)
                {
                    continue;
                }

                due[i] += periods[i];
                point = _forces.Pull(point, TPoint.Load(ref positions, (nuint)(nearest.Index(i) * stride)), rate);
                pulls++;
            }

            int pushes = pulls * _model.Options.NegativeSampleRate;
            for (int done = 0; done < pushes; done += LayoutForces.Group, drawn += LayoutForces.Group)
            {
                ref float group = ref MemoryMarshal.GetReference(Drawn(drawn, own));
                for (int i = 0; i < LayoutForces.Group; i++)
                {
                    squares[i] = TPoint.Squares(TPoint.Subtract(point, TPoint.Load(ref group, (nuint)(i * stride))));
                }

                _forces.Pushes(squares, factors);
                TPoint from = point;
                for (int i = 0; i < Math.Min(LayoutForces.Group, pushes - done); i++)
                {
                    TPoint other = TPoint.Load(ref group, (nuint)(i * stride));
                    point = TPoint.Move(point, TPoint.Subtract(from, other), factors[i], rate);
                }
            }
        }

        return point;
    }

    /// <summary>Returns the positions of the next group of negative samples.</summary>
    /// <param name="drawn">Number of samples before.</param>
    /// <param name="own">Holds the group if it is beyond the prepared ones.</param>
    private Span<float> Drawn(int drawn, Span<float> own)
    {
        if (drawn < _preparedSamples)
        {
            return _samples.Span.Slice(drawn * TPoint.Stride, own.Length);
        }

        Draw(drawn, own);
        return own;
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
