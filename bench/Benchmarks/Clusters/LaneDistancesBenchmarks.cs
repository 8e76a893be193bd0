using BenchmarkDotNet.Attributes;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Benchmarks.Clusters;

/// <summary>Distances from one point to 512 points in blocks of eight, by vector width.</summary>
public class LaneDistancesBenchmarks
{
    private const int Others = 512;

    private double[] _blocks = [];
    private double[] _point = [];

    [Params(5, 10)]
    public int Dimensions { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(3);
        _blocks = new double[Others * Dimensions];
        _point = new double[Dimensions];
        foreach (double[] values in new[] { _blocks, _point })
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = random.NextDouble();
            }
        }
    }

    [Benchmark(Baseline = true)]
    public double Scalar() => LaneDistances.MinimumScalar(_blocks, _point);

    [Benchmark]
    public double Vector256() => LaneDistances.Minimum256(_blocks, _point);

    [Benchmark]
    public double Vector512() => LaneDistances.Minimum512(_blocks, _point);
}
