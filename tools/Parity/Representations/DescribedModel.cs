using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Parity.Topics;

namespace TopicGrpc.Parity.Representations;

/// <summary>
/// The recorded model without reduction, with the parts that representations read: words, weights, documents and vectors.
/// </summary>
internal static class DescribedModel
{
    public static readonly string[] Files = ["embeddings", "umap/embedding", "topics/plain/topics", "topics/plain/topic_embeddings"];

    public static TopicModel Build(GoldenFolder golden, IReadOnlyList<string> texts, EmbedderInfo embedder)
    {
        RecordedModel recorded = new(golden, RecordedModel.Plain);
        TopicContent content = recorded.Extract(texts);
        TopicAssignments assignments = recorded.Assignments;
        NpyArray points = golden.Read("umap/embedding");
        Matrix places = new(points.Rows, points.Columns, points.ToSingles());
        TopicModelState state = new()
        {
            Options = recorded.Options,
            Embedder = embedder,
            DocumentIds = RecordedModel.Documents(texts).Ids,
            Assignments = assignments.Topics,
            ClusterStrengths = new double[assignments.Topics.Length],
            Topics = content.Topics,
            TopicCentroids = golden.Read("topics/plain/topic_embeddings").ToDoubles(),
            Mapper = TopicMapper.Identity(assignments.TopicCount, assignments.OutlierOffset == 1),
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            Layout = new UmapModel(
                new UmapOptions { ComponentCount = places.Columns }, 1, 1, GoldenVectors.Read(golden, "embeddings"), places),
            Report = assignments.Report([], [], recorded.Options),
        };
        return new TopicModel(state.WithUids());
    }
}
