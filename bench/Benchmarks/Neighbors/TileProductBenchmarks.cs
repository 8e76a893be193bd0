using BenchmarkDotNet.Attributes;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Benchmarks.Neighbors;

/// <summary>The kernel of the neighbor search: 8 × 32 products of 384 values, 196,608 floating-point operations.</summary>
public class TileProductBenchmarks
{
    private const int Depth = 384;
    private readonly float[] _left = new float[Depth * TileProduct.LeftRows];
    private readonly float[] _right = new float[Depth * TileProduct.RightRows];
    private readonly float[] _tile = new float[TileProduct.LeftRows * TileProduct.RightRows];

    [Benchmark(Baseline = true)]
    public void Scalar() => TileProduct.MultiplyScalar(_left, _right, Depth, _tile);

    [Benchmark]
    public void Vector256() => TileProduct.Multiply256(_left, _right, Depth, _tile);

    [Benchmark]
    public void Vector512() => TileProduct.Multiply512(_left, _right, Depth, _tile);
}
