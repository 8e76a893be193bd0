using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Queries;

/// <summary>Term weights of topics within a slice of the documents, by the fitted terms and weights. Nothing is fitted again.</summary>
internal sealed class SliceWeights(TermSpace space)
{
    private const int WordsShown = 5;
    private readonly CsrMatrix<double> _global = Normalized(space.Weights);

    /// <summary>Joins the texts of each topic in the slice and computes their term weights.</summary>
    /// <param name="texts">Texts of the slice.</param>
    /// <param name="labels">Topic of each text.</param>
    /// <param name="normalize">Whether to scale each row to sum 1.</param>
    public SlicedTopics Weigh(IReadOnlyList<string> texts, IReadOnlyList<int> labels, bool normalize)
    {
        SortedDictionary<int, List<string>> byTopic = [];
        for (int row = 0; row < texts.Count; row++)
        {
            if (!byTopic.TryGetValue(labels[row], out List<string>? joined))
            {
                byTopic.Add(labels[row], joined = []);
            }

            joined.Add(texts[row]);
        }

        string[] documents = [.. byTopic.Values.Select(parts => Clean(string.Join(' ', parts)))];
        CsrMatrix<double> weights = space.WeightsOf(documents);
        return new SlicedTopics(
            [.. byTopic.Keys], [.. byTopic.Values.Select(parts => parts.Count)], normalize ? Normalized(weights) : weights);
    }

    /// <summary>Averages each row with the topic's row in the whole model, both scaled to sum 1.</summary>
    public SlicedTopics TuneGlobally(SlicedTopics part)
    {
        int[] globalRows = [.. part.Ids.Select(id => id + space.OutlierOffset)];
        return part with { Weights = RowAverage.Of(part.Weights, Enumerable.Range(0, globalRows.Length).ToArray(), _global, globalRows) };
    }

    public IReadOnlyList<TopicSlice> Read(SlicedTopics part)
    {
        var rows = new TopicSlice[part.Ids.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new TopicSlice(
                part.Ids[row], TopicWordRanking.Best(part.Weights, space.Vocabulary, row, WordsShown), part.Counts[row]);
        }

        return rows;
    }

    private string Clean(string text)
    {
        string cleaned = space.Words.KeepAsciiOnly ? TextCleanup.KeepAscii(text) : text;
        return cleaned.Length == 0 ? TextCleanup.EmptyText : cleaned;
    }

    private static CsrMatrix<double> Normalized(CsrMatrix<double> weights)
    {
        double[] values = [.. weights.Values];
        for (int row = 0; row < weights.Rows; row++)
        {
            Span<double> entries = values.AsSpan(weights.RowStarts[row], weights.RowStarts[row + 1] - weights.RowStarts[row]);
            double sum = 0;
            foreach (double value in entries)
            {
                sum += Math.Abs(value);
            }

            for (int i = 0; sum > 0 && i < entries.Length; i++)
            {
                entries[i] /= sum;
            }
        }

        return new CsrMatrix<double>(weights.Columns, weights.RowStarts, weights.ColumnIndices, values);
    }
}
