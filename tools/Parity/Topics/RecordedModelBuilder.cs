using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Parity.Clusters;

namespace TopicGrpc.Parity.Topics;

/// <summary>Builder of a model with the state that a fit would produce, to compare predictions and operations.</summary>
internal static class RecordedModelBuilder
{
    public static readonly string[] Files = ["embeddings", .. GoldenClusters.Files];

    public static TopicModel Build(GoldenFolder golden, string name, IReadOnlyList<string> texts)
    {
        RecordedModel recorded = new(golden, name);
        TopicContent content = recorded.Extract(texts);
        TopicAssignments assignments = recorded.Assignments;
        Matrix embeddings = GoldenVectors.Read(golden, "embeddings");
        GoldenClusters found = new(golden);
        (int[] left, int[] right, double[] distances) = GoldenClusters.Merges(golden);
        HdbscanModel clusters = new(new HdbscanState(found.Options, found.Points, found.Fit().State.CoreDistances, left, right, distances));
        TopicMapper mapper = Mapper(recorded);
        int[] topicOf = [.. Enumerable.Range(0, clusters.ClusterCount).Select(mapper.TopicOf)];
        TopicModelOptions options = recorded.Options with { Clusters = found.Options, CalculateProbabilities = true };
        TopicModelState state = new()
        {
            Options = options,
            Embedder = new EmbedderInfo("all-MiniLM-L6-v2", "full", new string('0', 64), embeddings.Columns, 256),
            DocumentIds = RecordedModel.Documents(texts).Ids,
            Assignments = assignments.Topics,
            ClusterStrengths = clusters.Probabilities,
            Probabilities = TopicProbabilities.Map(found.Membership, topicOf, assignments.TopicCount),
            Topics = content.Topics,
            TopicCentroids = golden.Read($"topics/{name}/topic_embeddings").ToDoubles(),
            Mapper = mapper,
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            TermCounts = content.TermCounts,
            Layout = new UmapModel(
                new UmapOptions { ComponentCount = clusters.State.Points.Columns }, 1, 1, embeddings, clusters.State.Points),
            Clusters = clusters,
            Report = assignments.Report([], [], options),
        };
        return new TopicModel(state.WithUids());
    }

    private static TopicMapper Mapper(RecordedModel recorded)
    {
        int[][] rows =
        [
            .. recorded.Json("mapper.json").EnumerateArray().Select(row => row.EnumerateArray().Select(id => id.GetInt32()).ToArray()),
        ];
        return new TopicMapper(rows.Length, rows[0].Length, [.. rows.SelectMany(row => row)]);
    }
}
