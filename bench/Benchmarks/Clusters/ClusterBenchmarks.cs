using BenchmarkDotNet.Attributes;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Benchmarks.Clusters;

/// <summary>The cluster stage and its parts, on points like those of a layout: dense groups and scatter.</summary>
[MemoryDiagnoser]
public class ClusterBenchmarks
{
    private const int Dimensions = 10;
    private const int MinSamples = 30;

    private readonly ComputeOptions _compute = new() { Threads = 2 };
    private readonly Hdbscan _stage = new(new HdbscanOptions { MinClusterSize = MinSamples });
    private Matrix _points = new(0, 0);
    private KdTree? _tree;
    private HdbscanModel? _model;
    private double[] _membership = [];
    private int _next;

    [Params(5_000, 18_846, 50_000)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _points = GroupedPoints.Create(7, Points, Dimensions);
        _tree = KdTree.Build(_points);
        _model = _stage.Fit(_points, _compute, null, CancellationToken.None);
        _membership = new double[_model.ClusterCount];
    }

    [Benchmark]
    public object BuildTree() => KdTree.Build(_points);

    [Benchmark]
    public object FindNeighbors() => NeighborLists.Find(_tree!, MinSamples, _compute, CancellationToken.None);

    [Benchmark(Baseline = true)]
    public HdbscanModel Fit() => _stage.Fit(_points, _compute, null, CancellationToken.None);

    [Benchmark]
    public Matrix MembershipOfTraining() => _model!.MembershipOfTraining(_compute, CancellationToken.None);

    [Benchmark]
    public int[] SelectLabels() => _model!.SelectLabels(_model.Options with { SelectionMethod = ClusterSelectionMethod.Leaf });

    [Benchmark]
    public ClusterAssignment PredictOne() => _model!.Predict(Next(), _membership);

    [Benchmark]
    public ClusterAssignment PredictOneWithoutMembership() => _model!.Predict(Next(), []);

    // A large odd step, so that consecutive calls do not find their leaves in the cache.
    private ReadOnlySpan<float> Next()
    {
        _next = (_next + 7919) % Points;
        return _points.Row(_next);
    }
}
