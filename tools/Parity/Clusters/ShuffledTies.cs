using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Clusters;

/// <summary>
/// Clusterings of the same points with equal edges in random order, to measure the spread of correct results. The recorded
/// order is one of them: the result of NumPy's unstable sort on the recording machine.
/// </summary>
internal static class ShuffledTies
{
    private const int Orders = 20;

    /// <summary>Returns the labels of each order.</summary>
    public static IEnumerable<int[]> Labels(Matrix points, HdbscanOptions options) =>
        Trees(points, options).Select(linkage => ClusterSelection.Select(linkage, options).Labels);

    /// <summary>Returns the dendrogram of each order.</summary>
    public static IEnumerable<SingleLinkageTree> Trees(Matrix points, HdbscanOptions options)
    {
        (SpanningTree edges, _, _) = new Hdbscan(options)
            .Connect(KdTree.Build(points), ComputeOptions.Default, progress: null, CancellationToken.None);
        for (int seed = 0; seed < Orders; seed++)
        {
            yield return SingleLinkageTree.FromEdges(Shuffle(edges, seed));
        }
    }

    /// <summary>Returns models of the same points with edges that are equal in single precision in random order.</summary>
    public static IEnumerable<HdbscanModel> Models(HdbscanModel model, HdbscanOptions options)
    {
        var tree = KdTree.Build(model.State.Points);
        (SpanningTree edges, _, DistanceScale scale) = new Hdbscan(options)
            .Connect(tree, ComputeOptions.Default, progress: null, CancellationToken.None);
        double[] rounded = Array.ConvertAll(edges.Weights, weight => (double)(float)weight);
        for (int seed = 0; seed < Orders; seed++)
        {
            var linkage = SingleLinkageTree.FromEdges(Shuffle(edges with { Weights = rounded }, seed));
            HdbscanState state = model.State with
            {
                MergeLeft = linkage.Left,
                MergeRight = linkage.Right,
                MergeDistances = linkage.Distances,
            };
            yield return new HdbscanModel(state, tree, scale);
        }
    }

    private static SpanningTree Shuffle(SpanningTree edges, int seed)
    {
        int[] order = [.. Enumerable.Range(0, edges.Weights.Length)];
        int[] keys = new int[order.Length];
        Random random = new(seed);
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = random.Next();
        }

        Array.Sort(order, (a, b) => (edges.Weights[a], keys[a]).CompareTo((edges.Weights[b], keys[b])));
        return new SpanningTree(
            Array.ConvertAll(order, i => edges.From[i]),
            Array.ConvertAll(order, i => edges.To[i]),
            Array.ConvertAll(order, i => edges.Weights[i]));
    }
}
