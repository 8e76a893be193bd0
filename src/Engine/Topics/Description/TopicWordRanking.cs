using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>Best words of a topic: by descending weight, equal weights by column, that is by code point.</summary>
internal static class TopicWordRanking
{
    /// <summary>Number of words from which a representation chooses, unless more words are requested.</summary>
    public const int CandidateCount = 30;

    /// <summary>Fills the list of a topic with too few words; BERTopic's padding.</summary>
    private static readonly TopicWord Padding = new(string.Empty, 0.00001);

    /// <summary>Returns the best words of one row, padded to <paramref name="count"/>. Only positive weights count.</summary>
    public static TopicWord[] Best(CsrMatrix<double> weights, Vocabulary vocabulary, int row, int count)
    {
        ReadOnlySpan<int> columns = weights.RowColumns(row);
        ReadOnlySpan<double> values = weights.RowValues(row);
        PriorityQueue<int, (double Weight, int Column)> best = new(WorstFirst);
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] > 0))
            {
                continue;
            }

            if (best.Count < count)
            {
                best.Enqueue(columns[i], (values[i], columns[i]));
            }
            else
            {
                best.EnqueueDequeue(columns[i], (values[i], columns[i]));
            }
        }

        var words = new TopicWord[count];
        Array.Fill(words, Padding, best.Count, count - best.Count);
        for (int place = best.Count - 1; place >= 0; place--)
        {
            best.TryDequeue(out int column, out (double Weight, int Column) priority);
            words[place] = new TopicWord(vocabulary.Terms[column], priority.Weight);
        }

        return words;
    }

    private static Comparer<(double Weight, int Column)> WorstFirst { get; } = Comparer<(double Weight, int Column)>.Create(
        (a, b) => a.Weight != b.Weight ? a.Weight.CompareTo(b.Weight) : b.Column.CompareTo(a.Column));
}
