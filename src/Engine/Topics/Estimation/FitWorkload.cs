using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Estimation;

/// <summary>What the cost of a fit depends on.</summary>
/// <param name="Documents">Number of documents.</param>
/// <param name="TextBytes">Bytes of their texts in UTF-8; 0 for stages on vectors only.</param>
/// <param name="Dimension">Values of an embedding.</param>
/// <param name="Options">Settings.</param>
/// <param name="Threads">Threads of the fit.</param>
public sealed record FitWorkload(long Documents, long TextBytes, int Dimension, TopicModelOptions Options, int Threads)
{
    /// <summary>Whether the texts must be embedded. Default true.</summary>
    public bool Embeds { get; init; } = true;
}
