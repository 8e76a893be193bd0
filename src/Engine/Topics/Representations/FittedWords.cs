using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>The end of a fit whose settings say how words are chosen: the same operation that chooses them later.</summary>
internal static class FittedWords
{
    public static TopicModel Choose(
        TopicModel model, TopicRepresentations wanted, IReadOnlyList<Document> documents, IEmbedder? embedder, ComputeOptions compute, CancellationToken cancellationToken)
    {
        if (!wanted.Any)
        {
            return model;
        }

        RepresentTopics operation = new() { Embedder = embedder, Main = wanted.Main, Aspects = wanted.Aspects };
        TopicModel chosen = operation.Apply(model, documents, compute, cancellationToken);
        double seconds = chosen.Report.TotalSeconds;
        return chosen.WithReport(model.Report with
        {
            Stages = [.. model.Report.Stages.Select(stage => stage.Stage == FitStage.Topics ? stage with { Seconds = stage.Seconds + seconds } : stage)],
            Settings = chosen.Options,
        });
    }
}
