using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Distributions of texts over the topics of one model. Thread-safe.</summary>
public sealed class TextDistributions
{
    private readonly TopicDistribution _distribution;

    internal TextDistributions(TopicDistribution distribution) => _distribution = distribution;

    /// <summary>Counts the words of a text, of which the windows of a distribution consist.</summary>
    /// <param name="text">The text.</param>
    /// <param name="segmentation">How the text is split into words.</param>
    /// <returns>The number of words.</returns>
    public static int CountTokens(string text, WordSegmentation segmentation)
    {
        ArgumentNullException.ThrowIfNull(text);
        WordReader reader = new WordSource(segmentation, lowercase: false).Read(text);
        int count = 0;
        while (reader.MoveNext())
        {
            count++;
        }

        return count;
    }

    /// <summary>Computes the distribution of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="perToken">
    /// Whether to return the similarities of each word. The shares are then sums over words, so words in more windows weigh more.
    /// </param>
    /// <param name="cancellationToken">Cancels between windows.</param>
    /// <returns>Shares of the topics and, optionally, similarities of each word.</returns>
    /// <exception cref="OverflowException">Words times topics exceed the size of an array.</exception>
    public TextDistribution Of(string text, bool perToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _distribution.Compute(text, perToken, cancellationToken);
    }
}
