using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Fitting;

/// <summary>The encoder of the documents of a corpus.</summary>
internal static class CorpusEncoder
{
    /// <summary>Returns the encoder that clients run for a corpus; null if the server embeds its documents.</summary>
    public static EmbedderInfo? Of(CorpusRow row, CorpusSummary summary) => summary.Dimension == 0
        ? null
        : GivenEncoder.Of(row.Given?.Encoder ?? string.Empty, ResourceNames.Corpus(row.Id), summary.Dimension);
}
