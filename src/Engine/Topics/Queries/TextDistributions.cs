namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Distributions of texts over the topics of one model. Thread-safe.</summary>
public sealed class TextDistributions
{
    private readonly TopicDistribution _distribution;

    internal TextDistributions(TopicDistribution distribution) => _distribution = distribution;

    /// <summary>Computes the distribution of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="perToken">
    /// Whether to return the similarities of each word. The shares are then sums over words, so words in more windows weigh more.
    /// </param>
    /// <returns>Shares of the topics and, optionally, similarities of each word.</returns>
    public TextDistribution Of(string text, bool perToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _distribution.Compute(text, perToken);
    }
}
