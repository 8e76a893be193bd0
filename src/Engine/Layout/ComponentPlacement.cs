using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Layout;

/// <summary>
/// Centers for the components of a disconnected graph: on the coordinate axes for up to 2d components, by a spectral
/// embedding of their mean vectors for up to 1,000, at random above (umap-learn's <c>component_layout</c>).
/// </summary>
internal sealed class ComponentPlacement(Matrix rows, UmapOptions options, int threads, CancellationToken cancellationToken)
{
    /// <summary>Maximum number of components for pairwise distances; more are placed at random.</summary>
    private const int MostCompared = 1000;
    private const long PlacementStream = 4;

    private readonly int _dimensions = options.ComponentCount;

    /// <summary>Row of each vertex; null if vertices are rows.</summary>
    public int[]? RowOf { get; init; }

    /// <summary>
    /// Returns the radius available to a component: half the distance from its center to the nearest other center. With too
    /// many centers to compare, half their mean spacing.
    /// </summary>
    public static float Radius(float[] centers, int dimensions, int component, int count)
    {
        if (count > MostCompared)
        {
            return MathF.Pow(count, -1f / dimensions);
        }

        float least = float.PositiveInfinity;
        ReadOnlySpan<float> own = centers.AsSpan(component * dimensions, dimensions);
        for (int other = 0; other < count; other++)
        {
            if (other != component)
            {
                ReadOnlySpan<float> center = centers.AsSpan(other * dimensions, dimensions);
                least = Math.Min(least, System.Numerics.Tensors.TensorPrimitives.Distance(own, center));
            }
        }

        return least / 2f;
    }

    /// <summary>Returns the centers, count × d row-major.</summary>
    public float[] Place(int count, int[] componentOf)
    {
        float[] centers = new float[count * _dimensions];
        if (count <= 2 * _dimensions)
        {
            int half = (count + 1) / 2;
            for (int component = 0; component < count; component++)
            {
                centers[(component * _dimensions) + (component % half)] = component < half ? 1f : -1f;
            }

            return centers;
        }

        return count <= MostCompared ? BySimilarity(count, componentOf) : AtRandom(centers);
    }

    private float[] AtRandom(float[] centers)
    {
        ulong key = CounterRandom.Key(options.Seed, PlacementStream);
        for (int i = 0; i < centers.Length; i++)
        {
            centers[i] = (float)((2.0 * CounterRandom.Uniform(key, i)) - 1.0);
        }

        return centers;
    }

    private float[] BySimilarity(int count, int[] componentOf)
    {
        Matrix means = Means(count, componentOf);
        RowGeometry geometry = new(means, options.Metric, threads, cancellationToken);
        int[] starts = new int[count + 1];
        int[] columns = new int[count * count];
        float[] values = new float[count * count];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < count; column++)
            {
                double distance = geometry.Distance(row, column);
                columns[(row * count) + column] = column;
                values[(row * count) + column] = (float)Math.Exp(-distance * distance);
            }

            starts[row + 1] = (row + 1) * count;
        }

        CsrMatrix<float> affinity = new(count, starts, columns, values);
        CsrMatrix<float> normalized = NormalizedGraph.Of(affinity, out float[] rootDegrees);
        float[] centers = new float[count * _dimensions];
        (float[] vectors, int stride, int first) = count <= 2 * LeadingSubspace.WidthFor(_dimensions + 1)
            ? DenseSubspace.Find(normalized, _dimensions)
            : Leading(normalized, rootDegrees);
        float largest = 0f;
        for (int i = 0; i < centers.Length; i++)
        {
            // Dividing by the square root of the degree turns eigenvectors of the Laplacian into scikit-learn's spectral embedding.
            centers[i] = vectors[((i / _dimensions) * stride) + first + (i % _dimensions)] / rootDegrees[i / _dimensions];
            largest = Math.Max(largest, Math.Abs(centers[i]));
        }

        System.Numerics.Tensors.TensorPrimitives.Divide(centers, largest > 0f ? largest : 1f, centers);
        return centers;
    }

    private (float[] Vectors, int Stride, int First) Leading(CsrMatrix<float> normalized, float[] rootDegrees)
    {
        ulong key = CounterRandom.Key(options.Seed, PlacementStream);
        (float[] vectors, int stride, _) = LeadingSubspace.Find(normalized, _dimensions + 1, rootDegrees, key, threads, cancellationToken);
        return (vectors, stride, 1);
    }

    private Matrix Means(int count, int[] componentOf)
    {
        Matrix means = new(count, rows.Columns);
        int[] sizes = new int[count];
        for (int vertex = 0; vertex < componentOf.Length; vertex++)
        {
            Span<float> mean = means.Row(componentOf[vertex]);
            ReadOnlySpan<float> row = rows.Row(RowOf is null ? vertex : RowOf[vertex]);
            System.Numerics.Tensors.TensorPrimitives.Add(mean, row, mean);
            sizes[componentOf[vertex]]++;
        }

        for (int component = 0; component < count; component++)
        {
            Span<float> mean = means.Row(component);
            System.Numerics.Tensors.TensorPrimitives.Divide(mean, sizes[component], mean);
        }

        return means;
    }
}
