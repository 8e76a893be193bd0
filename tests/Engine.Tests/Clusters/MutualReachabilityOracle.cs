using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Tests.Clusters;

/// <summary>
/// Oracle: the complete mutual reachability graph and two textbook spanning-tree algorithms. Edges are ordered by (weight,
/// smaller row, larger row).
/// </summary>
internal sealed class MutualReachabilityOracle
{
    private readonly Matrix _points;
    private readonly double[] _core;
    private readonly double _alpha;

    public MutualReachabilityOracle(Matrix points, int minSamples, double alpha = 1.0)
    {
        _points = points;
        _alpha = alpha;
        _core = new double[points.Rows];
        double[] distances = new double[points.Rows];
        for (int i = 0; i < points.Rows; i++)
        {
            for (int j = 0; j < points.Rows; j++)
            {
                distances[j] = Distance(i, j);
            }

            Array.Sort(distances);
            _core[i] = distances[minSamples];
        }
    }

    public double Distance(int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < _points.Columns; k++)
        {
            double difference = (double)_points.Row(i)[k] - _points.Row(j)[k];
            sum += difference * difference;
        }

        return Math.Sqrt(sum);
    }

    public IReadOnlyList<(double Weight, int Low, int High)> Prim()
    {
        int count = _points.Rows;
        bool[] inside = new bool[count];
        (double Weight, int Low, int High)[] best = [.. Enumerable.Repeat((double.PositiveInfinity, int.MaxValue, int.MaxValue), count)];
        List<(double Weight, int Low, int High)> edges = [];
        int current = 0;
        for (int step = 1; step < count; step++)
        {
            inside[current] = true;
            int next = -1;
            for (int j = 0; j < count; j++)
            {
                if (inside[j])
                {
                    continue;
                }

                (double, int, int) edge = Edge(current, j);
                best[j] = edge.CompareTo(best[j]) < 0 ? edge : best[j];
                next = next < 0 || best[j].CompareTo(best[next]) < 0 ? j : next;
            }

            edges.Add(best[next]);
            current = next;
        }

        edges.Sort();
        return edges;
    }

    public IReadOnlyList<(double Weight, int Low, int High)> Kruskal()
    {
        List<(double Weight, int Low, int High)> all = [];
        for (int i = 0; i < _points.Rows; i++)
        {
            for (int j = i + 1; j < _points.Rows; j++)
            {
                all.Add(Edge(i, j));
            }
        }

        all.Sort();
        DisjointSet sets = new(_points.Rows);
        return [.. all.Where(edge => sets.Union(edge.Low, edge.High))];
    }

    private (double Weight, int Low, int High) Edge(int i, int j) =>
        (Math.Max(Distance(i, j) / _alpha, Math.Max(_core[i], _core[j])), Math.Min(i, j), Math.Max(i, j));
}
