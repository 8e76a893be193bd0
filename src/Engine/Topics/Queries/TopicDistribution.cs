using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>
/// Spreads a text over topics: every window of its words is compared with the topics' c-TF-IDF, and the similarities are
/// added up. Source: BERTopic's <c>approximate_distribution</c>. Safe for any number of callers at once.
/// </summary>
internal sealed class TopicDistribution(TermSpace space, DistributionOptions options, TopicsByTerm? index = null)
{
    private readonly DistributionOptions _options = options.Validated();
    private readonly TopicsByTerm _topics = index ?? new TopicsByTerm(space.Weights, space.OutlierOffset);

    /// <summary>Computes the shares of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="perToken">Whether to say what each word gathered; the shares are then the sum over words, so words in the middle weigh more.</param>
    public TextDistribution Compute(string text, bool perToken)
    {
        string[] tokens = Split(text);
        IReadOnlyList<TokenWindow> windows = TokenWindow.Of(tokens.Length, _options);
        double[] similarities = Similarities(tokens, windows);
        int topics = _topics.TopicCount;
        double[] shares = new double[topics];
        double[] gathered = perToken ? new double[tokens.Length * topics] : [];
        for (int window = 0; window < windows.Count; window++)
        {
            ReadOnlySpan<double> row = similarities.AsSpan(window * topics, topics);
            if (perToken)
            {
                for (int token = windows[window].Start; token < windows[window].End; token++)
                {
                    Add(row, gathered.AsSpan(token * topics, topics));
                }
            }
            else
            {
                Add(row, shares);
            }
        }

        for (int token = 0; perToken && token < tokens.Length; token++)
        {
            Add(gathered.AsSpan(token * topics, topics), shares);
        }

        Normalize(shares);
        return new TextDistribution(shares, perToken ? tokens : [], gathered);
    }

    private static string[] Split(string text)
    {
        List<string> tokens = [];
        Tokenizer reader = new(text, lowercase: false, []);
        while (reader.MoveNext())
        {
            tokens.Add(reader.Current.ToString());
        }

        return [.. tokens];
    }

    private double[] Similarities(string[] tokens, IReadOnlyList<TokenWindow> windows)
    {
        string[] texts = new string[windows.Count];
        for (int window = 0; window < texts.Length; window++)
        {
            texts[window] = string.Join(' ', tokens, windows[window].Start, windows[window].End - windows[window].Start);
        }

        CsrMatrix<double> weights = space.WeightsOf(texts);
        double[] similarities = new double[texts.Length * _topics.TopicCount];
        for (int window = 0; window < texts.Length; window++)
        {
            Span<double> row = similarities.AsSpan(window * _topics.TopicCount, _topics.TopicCount);
            _topics.Cosines(weights.RowColumns(window), weights.RowValues(window), row);
            foreach (ref double similarity in row)
            {
                similarity = similarity < _options.MinSimilarity ? 0 : similarity;
            }
        }

        return similarities;
    }

    private static void Add(ReadOnlySpan<double> source, Span<double> target)
    {
        for (int i = 0; i < source.Length; i++)
        {
            target[i] += source[i];
        }
    }

    private static void Normalize(double[] shares)
    {
        double sum = 0;
        foreach (double share in shares)
        {
            sum += share;
        }

        for (int topic = 0; sum > 0 && topic < shares.Length; topic++)
        {
            shares[topic] /= sum;
        }
    }
}
