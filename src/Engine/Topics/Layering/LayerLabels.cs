using System.Numerics.Tensors;
using TopicGrpc.Engine.Clusters.Layers;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Layering;

/// <summary>
/// Clusters of all documents in the layers of a tree. If the tree has only a sample of the documents, the others are located in it at
/// their positions, as new texts are.
/// </summary>
/// <param name="input">The tree and its documents.</param>
/// <param name="found">Layers of the tree.</param>
/// <param name="baseSize">Minimum cluster size of the tree of all layers.</param>
internal sealed class LayerLabels(LayerInput input, ClusterLayers found, int baseSize)
{
    private const int BlockSize = 256;
    private readonly Dictionary<int, int[]> _located = [];

    /// <summary>Returns the cluster of each document in a layer; −1 for outliers.</summary>
    public int[] Of(ClusterLayer layer, CancellationToken cancellationToken)
    {
        if (input.Sample is not { } sample)
        {
            return layer.Labels;
        }

        // One search in the tree locates a document in all layers.
        if (!_located.ContainsKey(layer.MinClusterSize))
        {
            ClusterLayer[] layers = [.. found.Layers.Append(layer).DistinctBy(static item => item.MinClusterSize)];
            int[][] labels = Locate(sample, layers, cancellationToken);
            for (int i = 0; i < layers.Length; i++)
            {
                _located[layers[i].MinClusterSize] = labels[i];
            }
        }

        return _located[layer.MinClusterSize];
    }

    private int[][] Locate(FittedSample sample, ClusterLayer[] layers, CancellationToken cancellationToken)
    {
        LayerLocator locator = new(input.Clusters, baseSize, [.. layers.Select(static layer => layer.MinClusterSize)]);
        Matrix positions = sample.Positions;
        int[][] labels = Array.ConvertAll(layers, _ => new int[positions.Rows]);
        RowBlocks.Run(
            positions.Rows,
            BlockSize,
            input.Compute.Threads,
            (_, first, end) =>
            {
                double[] point = new double[positions.Columns];
                int[] own = new int[layers.Length];
                for (int row = first; row < end; row++)
                {
                    int at = Array.BinarySearch(sample.Rows, row);
                    if (at < 0)
                    {
                        TensorPrimitives.ConvertTruncating<float, double>(positions.Row(row), point);
                        locator.Locate(point, own);
                    }

                    for (int layer = 0; layer < own.Length; layer++)
                    {
                        labels[layer][row] = at < 0 ? own[layer] : layers[layer].Labels[at];
                    }
                }
            },
            cancellationToken);
        return labels;
    }
}
