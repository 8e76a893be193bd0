using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Parity.Topics;

namespace TopicGrpc.Parity.Representations;

/// <summary>The recorded model without reduction, as far as representations look at it: words, weights, documents and their vectors.</summary>
internal static class DescribedModel
{
    public static readonly string[] Files = ["embeddings", "umap/embedding", "topics/plain/topics", "topics/plain/topic_embeddings"];

    public static TopicModel Build(GoldenFolder golden, IReadOnlyList<string> texts, EmbedderInfo embedder)
    {
        RecordedModel recorded = new(golden, RecordedModel.Plain);
        TopicContent content = recorded.Extract(texts);
        TopicLabels labels = recorded.Labels;
        NpyArray points = golden.Read("umap/embedding");
        Matrix places = new(points.Rows, points.Columns, points.ToSingles());
        return new TopicModel(new TopicModelState
        {
            Options = recorded.Options,
            Embedder = embedder,
            DocumentIds = RecordedModel.Documents(texts).Ids,
            Labels = labels.Labels,
            ClusterStrengths = new double[labels.Labels.Length],
            Topics = content.Topics,
            TopicCentroids = golden.Read("topics/plain/topic_embeddings").ToDoubles(),
            Mapper = TopicMapper.Identity(labels.TopicCount, labels.OutlierOffset == 1),
            Vocabulary = content.Vocabulary,
            InverseFrequencies = content.InverseFrequencies,
            TermWeights = content.TermWeights,
            Layout = new UmapModel(new UmapOptions { ComponentCount = places.Columns }, 1, 1, GoldenVectors.Read(golden, "embeddings"), places),
            Report = FitReports.Create(labels, [], [], recorded.Options),
        });
    }
}
