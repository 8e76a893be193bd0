namespace TopicGrpc.Engine.Numerics.Linkage;

/// <summary>The upper triangle of an n × n distance matrix, row-major: (0,1) (0,2) … (n−2,n−1), as SciPy's condensed form.</summary>
internal readonly struct CondensedDistances(double[] values, int count)
{
    /// <summary>Number of items, n.</summary>
    public int Count { get; } = count;

    /// <summary>n(n−1)/2 distances.</summary>
    public double[] Values { get; } = values;

    public double this[int first, int second]
    {
        get => Values[Position(first, second)];
        set => Values[Position(first, second)] = value;
    }

    public static CondensedDistances Create(int count, Func<int, int, double> distance, CancellationToken cancellationToken = default)
    {
        CondensedDistances distances = new(new double[checked((int)((long)count * (count - 1) / 2))], count);
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int j = i + 1; j < count; j++)
            {
                distances[i, j] = distance(i, j);
            }
        }

        return distances;
    }

    public CondensedDistances Copy() => new([.. Values], Count);

    private int Position(int first, int second)
    {
        int low = Math.Min(first, second);
        int high = Math.Max(first, second);

        // The intermediate products exceed 32 bits from 46,341 items on.
        return (int)(((long)low * Count) - ((long)low * (low + 1) / 2) + (high - low - 1));
    }
}
