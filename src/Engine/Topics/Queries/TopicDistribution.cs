using System.Numerics;
using System.Numerics.Tensors;
using TopicGrpc.Engine.Words;
using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>
/// Distribution of a text over topics: each window of words is compared with the c-TF-IDF of the topics, and the similarities are
/// summed. Source: BERTopic's <c>approximate_distribution</c>. Thread-safe.
/// </summary>
internal sealed class TopicDistribution(TermSpace space, DistributionOptions options, TopicsByTerm? index = null)
{
    private readonly DistributionOptions _options = options.Validated();
    private readonly TopicsByTerm _topics = index ?? new TopicsByTerm(space.Weights, space.OutlierOffset);

    /// <summary>Computes the distribution of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="perToken">
    /// Whether to return the similarities of each word. The shares are then sums over words, so words in more windows weigh more.
    /// </param>
    /// <param name="cancellationToken">Cancels between windows.</param>
    public TextDistribution Compute(string text, bool perToken, CancellationToken cancellationToken = default)
    {
        string[] tokens = Split(text, space.Words.Segmentation);
        TokenTerms terms = space.TermsOf(tokens);
        int topics = _topics.TopicCount;
        double[] shares = new double[topics];
        double[] gathered = perToken ? new double[checked(tokens.Length * topics)] : [];
        double[] similarities = new double[topics];
        Scratch scratch = new(terms.Most(0, tokens.Length));
        foreach (TokenWindow window in TokenWindow.Of(tokens.Length, _options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TryCompare(terms, window, scratch, similarities))
            {
                continue;
            }

            if (perToken)
            {
                for (int token = window.Start; token < window.End; token++)
                {
                    Add(gathered.AsSpan(token * topics, topics), similarities);
                }
            }
            else
            {
                Add(shares, similarities);
            }
        }

        for (int token = 0; perToken && token < tokens.Length; token++)
        {
            Add(shares, gathered.AsSpan(token * topics, topics));
        }

        Normalize(shares);
        return new TextDistribution(shares, perToken ? tokens : [], gathered);
    }

    private static string[] Split(string text, WordSegmentation segmentation)
    {
        List<string> tokens = [];
        WordReader reader = new WordSource(segmentation, lowercase: false).Read(text);
        while (reader.MoveNext())
        {
            tokens.Add(reader.Current.ToString());
        }

        return [.. tokens];
    }

    /// <summary>Computes the similarity of a window to each topic; 0 below the minimum.</summary>
    /// <returns>False for a window without terms; it is similar to no topic.</returns>
    private bool TryCompare(TokenTerms terms, TokenWindow window, Scratch scratch, double[] similarities)
    {
        Span<int> columns = scratch.Columns.AsSpan(0, terms.Collect(window.Start, window.End, scratch.Columns));
        if (columns.IsEmpty)
        {
            return false;
        }

        columns = columns[..TermRuns.Collapse(columns, scratch.Counts)];
        space.TfIdf.Transform(columns, scratch.Counts.AsSpan(0, columns.Length), scratch.Weights);
        _topics.Cosines(columns, scratch.Weights.AsSpan(0, columns.Length), similarities);
        DropBelow(_options.MinSimilarity, similarities);
        return true;
    }

    private static void DropBelow(double least, Span<double> similarities)
    {
        Vector<double> limit = new(least);
        int topic = 0;
        for (; topic <= similarities.Length - Vector<double>.Count; topic += Vector<double>.Count)
        {
            Span<double> part = similarities[topic..];
            Vector<double> values = new(part);
            Vector.ConditionalSelect(Vector.LessThan(values, limit), Vector<double>.Zero, values).CopyTo(part);
        }

        for (; topic < similarities.Length; topic++)
        {
            similarities[topic] = similarities[topic] < least ? 0 : similarities[topic];
        }
    }

    private static void Add(Span<double> target, ReadOnlySpan<double> source) => TensorPrimitives.Add(target, source, target);

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

    /// <summary>Buffer for the terms of one window.</summary>
    private sealed class Scratch(int terms)
    {
        public int[] Columns { get; } = new int[terms];

        public int[] Counts { get; } = new int[terms];

        public double[] Weights { get; } = new double[terms];
    }
}
