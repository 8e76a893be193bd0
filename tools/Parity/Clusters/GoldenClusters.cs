using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Clusters;

/// <summary>The recorded cluster stage: input, tree and results.</summary>
internal sealed class GoldenClusters
{
    public GoldenClusters(GoldenFolder golden)
    {
        NpyArray embedding = golden.Read("umap/embedding");
        Points = new Matrix(embedding.Rows, embedding.Columns, embedding.ToSingles());
        using var parameters = System.Text.Json.JsonDocument.Parse(golden.ReadText("hdbscan/parameters.json"));
        Options = new HdbscanOptions
        {
            MinClusterSize = parameters.RootElement.GetProperty("min_cluster_size").GetInt32(),
            MinSamples = parameters.RootElement.GetProperty("min_samples").GetInt32(),
        };
        Labels = golden.Read("hdbscan/labels").ToIntegers();
        Probabilities = golden.Read("hdbscan/probabilities").ToDoubles();
        Persistence = golden.Read("hdbscan/persistence").ToDoubles();
        OutlierScores = golden.Read("hdbscan/outlier_scores").ToDoubles();
        Weights = golden.Read("hdbscan/single_linkage_weights").ToDoubles();
        Membership = golden.Read("hdbscan/membership_train").ToSingles();
    }

    public static IReadOnlyList<string> Files { get; } =
    [
        "umap/embedding", "hdbscan/parameters.json", "hdbscan/labels", "hdbscan/probabilities", "hdbscan/persistence",
        "hdbscan/outlier_scores", "hdbscan/single_linkage_tree", "hdbscan/single_linkage_weights", "hdbscan/membership_train",
    ];

    public Matrix Points { get; }

    public HdbscanOptions Options { get; }

    public int[] Labels { get; }

    public double[] Probabilities { get; }

    public double[] Persistence { get; }

    public double[] OutlierScores { get; }

    public double[] Weights { get; }

    public float[] Membership { get; }

    /// <summary>Fits the engine's model of the recorded input.</summary>
    public HdbscanModel Fit() => new Hdbscan(Options).Fit(Points, ComputeOptions.Default, null, CancellationToken.None);

    /// <summary>Reads the recorded dendrogram.</summary>
    public static (int[] Left, int[] Right, double[] Distances) Merges(GoldenFolder golden)
    {
        double[] linkage = golden.Read("hdbscan/single_linkage_tree").ToDoubles();
        int merges = linkage.Length / 4;
        int[] left = new int[merges];
        int[] right = new int[merges];
        double[] distances = new double[merges];
        for (int merge = 0; merge < merges; merge++)
        {
            left[merge] = (int)linkage[4 * merge];
            right[merge] = (int)linkage[(4 * merge) + 1];
            distances[merge] = linkage[(4 * merge) + 2];
        }

        return (left, right, distances);
    }
}
