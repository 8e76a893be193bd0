namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Spreads texts over the topics of one model. Safe for any number of callers at once.</summary>
public sealed class TextDistributions
{
    private readonly TopicDistribution _distribution;

    internal TextDistributions(TopicDistribution distribution) => _distribution = distribution;

    /// <summary>Computes the shares of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="perToken">Whether to say what each word gathered; the shares are then the sum over words, so words in the middle weigh more.</param>
    /// <returns>Shares of the topics, and per word where asked for.</returns>
    public TextDistribution Of(string text, bool perToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _distribution.Compute(text, perToken);
    }
}
