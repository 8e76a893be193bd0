using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Shadowing;

/// <summary>An answered text that waits for its second answer. It holds both versions until <see cref="Release"/>.</summary>
/// <param name="Answering">Version that answered.</param>
/// <param name="Shadow">Version that is to answer.</param>
/// <param name="Mode">How the caller wanted the topic found.</param>
/// <param name="TopicId">What was answered.</param>
/// <param name="Embedding">Vector of the text.</param>
/// <param name="Tally">Where the result counts.</param>
internal sealed record ShadowCopy(VersionHandle Answering, VersionHandle Shadow, PredictMode Mode, int TopicId, EmbeddingOutcome Embedding, ShadowTally Tally)
{
    public void Release()
    {
        Answering.Release();
        Shadow.Release();
    }
}
