using BenchmarkDotNet.Attributes;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Benchmarks.Topics;

/// <summary>Dot products of one embedding with the centroids of all topics, by vector width.</summary>
public class LaneDotsBenchmarks
{
    private const int Dimensions = 384;

    private LaneDots _rows = new(new Matrix(0, Dimensions));
    private float[] _vector = [];
    private double[] _dots = [];

    [Params(20, 200)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(3);
        Matrix rows = new(Rows, Dimensions);
        for (int row = 0; row < Rows; row++)
        {
            Fill(rows.Row(row), random);
        }

        _rows = new LaneDots(rows);
        _vector = new float[Dimensions];
        Fill(_vector, random);
        _dots = new double[Rows];
    }

    [Benchmark(Baseline = true)]
    public void Scalar() => _rows.ComputeScalar(_vector, _dots);

    [Benchmark]
    public void Vector256() => _rows.Compute256(_vector, _dots);

    private static void Fill(Span<float> values, Random random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }
    }
}
