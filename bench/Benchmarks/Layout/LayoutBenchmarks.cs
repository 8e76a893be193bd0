using BenchmarkDotNet.Attributes;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Benchmarks.Layout;

/// <summary>A small layout, serial and parallel, and the placement of one document.</summary>
public class LayoutBenchmarks
{
    private const int Count = 2000;
    private const int Columns = 64;
    private const int Epochs = 50;
    private readonly UmapOptions _options = new() { EpochCount = Epochs };
    private readonly float[] _position = new float[5];
    private readonly float[] _query = new float[Columns];
    private CsrMatrix<float>? _graph;
    private float[]? _start;
    private UmapModel? _model;

    [GlobalSetup]
    public void Setup()
    {
        Matrix rows = new(Count, Columns);
        ulong key = CounterRandom.Key(1, 2);
        for (int i = 0; i < rows.Values.Length; i++)
        {
            rows.Values[i] = (float)CounterRandom.Uniform(key, i) + (i / Columns % 10 == i % 10 ? 2f : 0f);
        }

        NeighborTable neighbors = new NeighborSearch(new NeighborOptions()).Find(
            rows, ComputeOptions.Default, null, CancellationToken.None);
        Umap umap = new(_options);
        _graph = umap.Graph(neighbors, null, 1, CancellationToken.None);
        _start = new SpectralStart(rows, _graph, _options, 1, CancellationToken.None).Create();
        _model = umap.Fit(rows, neighbors, null, ComputeOptions.Default, null, CancellationToken.None);
        rows.Row(5).CopyTo(_query);
        _query[0] += 0.5f;
    }

    [Benchmark(Baseline = true)]
    public float[] Serial()
    {
        float[] positions = [.. _start!];
        new SerialLayout(_graph!, _options, _model!.A, _model.B, Epochs).Run(positions, CancellationToken.None);
        return positions;
    }

    [Benchmark]
    public Matrix ByTasks() =>
        new LayoutOptimizer<Point8>(
            LayoutSchedule.Of(_graph!), _start!, _options, (_model!.A, _model.B), Epochs).Run(null, 1, null, CancellationToken.None);

    [Benchmark]
    public void PlaceOneDocument() => _model!.Transform(_query, _position);
}
