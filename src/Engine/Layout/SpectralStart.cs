using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Spectral initialization from the eigenvectors of the normalized Laplacian. The components of a disconnected graph are
/// initialized separately and placed apart (umap-learn's <c>spectral_layout</c> and <c>multi_component_layout</c>).
/// </summary>
internal sealed class SpectralStart(
    Matrix rows,
    CsrMatrix<float> graph,
    UmapOptions options,
    int threads,
    CancellationToken cancellationToken)
{
    /// <summary>Extent of each coordinate before the optimization.</summary>
    private const float Extent = 10f;

    /// <summary>Standard deviation of the noise that separates coincident documents.</summary>
    private const double Noise = 1e-4;

    /// <summary>A corpus can have thousands of components, of which each takes a millisecond.</summary>
    private const int ComponentsPerBlock = 16;

    /// <summary>Second keys of the independent random streams of this stage.</summary>
    private const long NoiseStream = 1;
    private const long BlockStream = 2;
    private const long SmallComponentStream = 3;

    private readonly int _dimensions = options.ComponentCount;

    /// <summary>Row of each vertex of the graph; null if vertices are rows.</summary>
    public int[]? RowOf { get; init; }

    /// <summary>Returns the positions, n × d row-major, each coordinate in [0, 10].</summary>
    public float[] Create()
    {
        (int count, int[] componentOf) = GraphComponents.Find(graph);
        float[] positions = count == 1 ? Spectral(graph) : Components(count, componentOf);
        AddNoise(positions);
        FillExtent(positions);
        return positions;
    }

    private float[] Spectral(CsrMatrix<float> part)
    {
        CsrMatrix<float> normalized = NormalizedGraph.Of(part, out float[] rootDegrees);
        float[] positions = new float[part.Rows * _dimensions];
        int width = LeadingSubspace.WidthFor(_dimensions + 1);
        (float[] vectors, int stride, int first) = part.Rows <= 2 * width
            ? DenseSubspace.Find(normalized, _dimensions)
            : Leading(normalized, rootDegrees);
        for (int dimension = 0; dimension < _dimensions; dimension++)
        {
            CopySigned(vectors, stride, first + dimension, positions, dimension, part.Rows);
        }

        return positions;
    }

    private (float[] Vectors, int Stride, int First) Leading(CsrMatrix<float> normalized, float[] rootDegrees)
    {
        ulong key = CounterRandom.Key(options.Seed, BlockStream);
        (float[] vectors, int stride, _) =
            LeadingSubspace.Find(normalized, _dimensions + 1, rootDegrees, key, threads, cancellationToken);
        return (vectors, stride, 1);
    }

    /// <summary>
    /// Copies one eigenvector with a fixed sign (positive at its largest magnitude), because a solver may return either
    /// sign.
    /// </summary>
    private void CopySigned(float[] vectors, int stride, int column, float[] positions, int dimension, int count)
    {
        float extreme = 0f;
        for (int row = 0; row < count; row++)
        {
            float value = vectors[(row * stride) + column];
            extreme = Math.Abs(value) > Math.Abs(extreme) ? value : extreme;
        }

        float sign = extreme < 0f ? -1f : 1f;
        for (int row = 0; row < count; row++)
        {
            positions[(row * _dimensions) + dimension] = sign * vectors[(row * stride) + column];
        }
    }

    private float[] Components(int count, int[] componentOf)
    {
        float[] centers = new ComponentPlacement(rows, options, threads, cancellationToken) { RowOf = RowOf }.Place(count, componentOf);
        float[] positions = new float[graph.Rows * _dimensions];
        (int[] starts, int[] members) = Group(count, componentOf);
        int[] placeOf = new int[graph.Rows];
        RowBlocks.Run(count, ComponentsPerBlock, threads, (_, first, end) =>
        {
            for (int component = first; component < end; component++)
            {
                ReadOnlySpan<int> own = members.AsSpan(starts[component], starts[component + 1] - starts[component]);
                float radius = ComponentPlacement.Radius(centers, _dimensions, component, count);
                float[] inside = own.Length < 2 * _dimensions || own.Length <= _dimensions + 1
                    ? Uniform(own, radius)
                    : Scaled(Spectral(Subgraph(own, placeOf)), radius);
                for (int i = 0; i < own.Length; i++)
                {
                    for (int d = 0; d < _dimensions; d++)
                    {
                        positions[(own[i] * _dimensions) + d] =
                            centers[(component * _dimensions) + d] + inside[(i * _dimensions) + d];
                    }
                }
            }
        }, cancellationToken);
        return positions;
    }

    private static (int[] Starts, int[] Members) Group(int count, int[] componentOf)
    {
        int[] starts = new int[count + 1];
        foreach (int component in componentOf)
        {
            starts[component + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            starts[i + 1] += starts[i];
        }

        int[] next = starts[..^1];
        int[] members = new int[componentOf.Length];
        for (int row = 0; row < componentOf.Length; row++)
        {
            members[next[componentOf[row]]++] = row;
        }

        return (starts, members);
    }

    private CsrMatrix<float> Subgraph(ReadOnlySpan<int> members, int[] placeOf)
    {
        int entries = 0;
        for (int i = 0; i < members.Length; i++)
        {
            placeOf[members[i]] = i;
            entries += graph.RowColumns(members[i]).Length;
        }

        int[] starts = new int[members.Length + 1];
        int[] columns = new int[entries];
        float[] values = new float[entries];
        int count = 0;
        for (int i = 0; i < members.Length; i++)
        {
            foreach (int column in graph.RowColumns(members[i]))
            {
                columns[count++] = placeOf[column];
            }

            graph.RowValues(members[i]).CopyTo(values.AsSpan(starts[i]));
            starts[i + 1] = count;
        }

        return new CsrMatrix<float>(members.Length, starts, columns, values);
    }

    private float[] Uniform(ReadOnlySpan<int> members, float radius)
    {
        float[] positions = new float[members.Length * _dimensions];
        ulong key = CounterRandom.Key(options.Seed, SmallComponentStream);
        for (int i = 0; i < positions.Length; i++)
        {
            long counter = ((long)members[i / _dimensions] * _dimensions) + (i % _dimensions);
            positions[i] = radius * (float)((2.0 * CounterRandom.Uniform(key, counter)) - 1.0);
        }

        return positions;
    }

    private static float[] Scaled(float[] positions, float extent)
    {
        float largest = Math.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(positions));
        if (largest > 0f)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(positions, extent / largest, positions);
        }

        return positions;
    }

    private void AddNoise(float[] positions)
    {
        Scaled(positions, Extent);
        ulong key = CounterRandom.Key(options.Seed, NoiseStream);
        for (int i = 0; i < positions.Length; i += 2)
        {
            (double first, double second) = CounterRandom.Normal(key, i / 2);
            positions[i] += (float)(Noise * first);
            if (i + 1 < positions.Length)
            {
                positions[i + 1] += (float)(Noise * second);
            }
        }
    }

    private void FillExtent(float[] positions)
    {
        for (int d = 0; d < _dimensions; d++)
        {
            float least = float.PositiveInfinity;
            float most = float.NegativeInfinity;
            for (int i = d; i < positions.Length; i += _dimensions)
            {
                least = Math.Min(least, positions[i]);
                most = Math.Max(most, positions[i]);
            }

            float factor = most > least ? Extent / (most - least) : 0f;
            for (int i = d; i < positions.Length; i += _dimensions)
            {
                positions[i] = factor * (positions[i] - least);
            }
        }
    }
}
