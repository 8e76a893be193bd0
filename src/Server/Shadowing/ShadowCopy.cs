using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Shadowing;

/// <summary>
/// An answered text that waits for the answer of the shadow version. Holds references to both versions until <see cref="Release"/>.
/// </summary>
/// <param name="Answering">Version that answered the call.</param>
/// <param name="Shadow">Shadow version.</param>
/// <param name="Mode">Mode that the caller requested.</param>
/// <param name="TopicId">Topic of the answer.</param>
/// <param name="Embedding">Embedding of the text.</param>
/// <param name="Asked">The question that was answered.</param>
/// <param name="Tally">Tally that counts the result.</param>
internal sealed record ShadowCopy(
    VersionHandle Answering,
    VersionHandle Shadow,
    PredictMode Mode,
    int TopicId,
    EmbeddingOutcome Embedding,
    TopicQuestion Asked,
    ShadowTally Tally)
{
    public void Release()
    {
        Answering.Release();
        Shadow.Release();
    }
}
