using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Benchmarks.Layout;

/// <summary>
/// Reference implementation of the layout on one thread, as umap-learn defines it: edges in row order, both ends moved at
/// once, exact powers. The oracle for <see cref="LayoutOptimizer{TPoint}"/>.
/// </summary>
internal sealed class SerialLayout(CsrMatrix<float> graph, UmapOptions options, double a, double b, int epochs)
{
    private readonly int _dimensions = options.ComponentCount;

    /// <summary>Runs all epochs on <paramref name="positions"/> (n × d), in place.</summary>
    public void Run(float[] positions, CancellationToken cancellationToken)
    {
        int edges = graph.Values.Length;
        int[] heads = new int[edges];
        double[] periods = new double[edges];
        double[] due = new double[edges];
        double[] dueNegative = new double[edges];
        float heaviest = edges == 0 ? 1f : System.Numerics.Tensors.TensorPrimitives.Max<float>(graph.Values);
        for (int row = 0; row < graph.Rows; row++)
        {
            for (int e = graph.RowStarts[row]; e < graph.RowStarts[row + 1]; e++)
            {
                heads[e] = row;
                periods[e] = heaviest / graph.Values[e];
                due[e] = periods[e];
                dueNegative[e] = periods[e] / options.NegativeSampleRate;
            }
        }

        for (int epoch = 0; epoch < epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double rate = options.LearningRate * (1.0 - (Math.Max(0, epoch - 1) / (double)epochs));
            ulong key = CounterRandom.Key(options.Seed, epoch);
            for (int e = 0; e < edges; e++)
            {
                if (due[e] > epoch)
                {
                    continue;
                }

                Pull(positions, heads[e], graph.ColumnIndices[e], rate);
                due[e] += periods[e];
                double negativePeriod = periods[e] / options.NegativeSampleRate;
                int negatives = (int)((epoch - dueNegative[e]) / negativePeriod);
                for (int draw = 0; draw < negatives; draw++)
                {
                    Push(positions, heads[e], CounterRandom.Below(graph.Rows, key, ((long)e * 1024) + draw), rate);
                }

                dueNegative[e] += negatives * negativePeriod;
            }
        }
    }

    private void Pull(float[] positions, int head, int tail, double rate)
    {
        Span<float> x = positions.AsSpan(head * _dimensions, _dimensions);
        Span<float> y = positions.AsSpan(tail * _dimensions, _dimensions);
        double square = System.Numerics.Tensors.TensorPrimitives.Distance<float>(x, y);
        square *= square;
        double power = Math.Pow(square, b);
        double factor = square > 0.0 ? -2.0 * a * b * power / (square * ((a * power) + 1.0)) : 0.0;
        for (int d = 0; d < x.Length; d++)
        {
            float move = (float)(Math.Clamp(factor * (x[d] - y[d]), -4.0, 4.0) * rate);
            x[d] += move;
            y[d] -= move;
        }
    }

    private void Push(float[] positions, int head, int other, double rate)
    {
        if (head == other)
        {
            return;
        }

        Span<float> x = positions.AsSpan(head * _dimensions, _dimensions);
        Span<float> y = positions.AsSpan(other * _dimensions, _dimensions);
        double square = System.Numerics.Tensors.TensorPrimitives.Distance<float>(x, y);
        square *= square;
        double factor = square > 0.0
            ? 2.0 * options.RepulsionStrength * b / ((0.001 + square) * ((a * Math.Pow(square, b)) + 1.0))
            : 0.0;
        for (int d = 0; d < x.Length; d++)
        {
            x[d] += (float)(Math.Clamp(factor * (x[d] - y[d]), -4.0, 4.0) * rate);
        }
    }
}
