using System.Text.Json;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Clusters.Layers;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Parity.Clusters;

/// <summary>The recorded PLSCAN stage: input, settings and results.</summary>
internal sealed class RecordedLayers
{
    public RecordedLayers(GoldenFolder golden)
    {
        NpyArray embedding = golden.Read("umap/embedding");
        Points = new Matrix(embedding.Rows, embedding.Columns, embedding.ToSingles());
        using var json = JsonDocument.Parse(golden.ReadText("plscan/plscan.json"));
        JsonElement parameters = json.RootElement.GetProperty("parameters");
        Options = new LayerOptions
        {
            MinClusterSize = parameters.GetProperty("base_min_cluster_size").GetInt32(),
            MaxLayers = parameters.GetProperty("max_layers").GetInt32(),
            MaxSimilarity = parameters.GetProperty("layer_similarity_threshold").GetDouble(),
        };
        Clusters = new HdbscanOptions
        {
            MinClusterSize = Options.MinClusterSize,
            MinSamples = parameters.GetProperty("min_samples").GetInt32(),
        };
        Sizes = Array.ConvertAll(golden.Read("plscan/min_cluster_sizes").ToDoubles(), size => (int)size);
        Totals = golden.Read("plscan/total_persistence").ToDoubles();
        Layers = [.. json.RootElement.GetProperty("layers").EnumerateArray().Select((layer, index) => Read(golden, layer, index))];
    }

    public static IReadOnlyList<string> Files { get; } =
    [
        "umap/embedding", "plscan/plscan.json", "plscan/min_cluster_sizes", "plscan/total_persistence", "plscan/layer_0_labels",
        "plscan/layer_0_strengths",
    ];

    public Matrix Points { get; }

    public LayerOptions Options { get; }

    public HdbscanOptions Clusters { get; }

    public int[] Sizes { get; }

    public double[] Totals { get; }

    public IReadOnlyList<RecordedLayer> Layers { get; }

    private RecordedLayer Read(GoldenFolder golden, JsonElement layer, int index)
    {
        // The recording has the persistence of a layer, not its size; the finest layer has persistence 0 and the smallest size.
        double persistence = layer.GetProperty("persistence").GetDouble();
        int at = persistence > 0 ? Array.FindIndex(Totals, total => Math.Abs(total - persistence) <= 1e-6 * persistence) : -1;
        return new RecordedLayer(
            at < 0 ? Options.MinClusterSize : Sizes[at],
            golden.Read($"plscan/layer_{index}_labels").ToIntegers(),
            golden.Read($"plscan/layer_{index}_strengths").ToDoubles());
    }
}
