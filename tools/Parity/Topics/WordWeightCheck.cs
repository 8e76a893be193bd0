using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Description;

namespace TopicGrpc.Parity.Topics;

/// <summary>Compares vocabulary, counts, inverse frequencies and c-TF-IDF of recorded topics.</summary>
internal sealed class WordWeightCheck(string model) : StageCheck
{
    public override string Stage => $"words/{model}";

    public override IReadOnlyList<string> Files =>
        [
            .. new[] { "topics", "vocabulary.json", "idf", "ctfidf_indptr", "ctfidf_indices", "ctfidf_values" }.Select(
                file => $"topics/{model}/{file}"),
        ];

    public override IEnumerable<Measure> Run(GoldenFolder golden, IReadOnlyList<string> documents)
    {
        RecordedModel recorded = new(golden, model);
        TopicContent content = recorded.Extract(documents);
        string[] vocabulary = recorded.Vocabulary();
        CsrMatrix<double> weights = recorded.Weights(vocabulary.Length);
        double[] factors = golden.Read($"topics/{model}/idf").ToDoubles();

        yield return new Measure(Stage, "terms that differ", Difference.Count<string>([.. content.Vocabulary.Terms], vocabulary), 0);
        yield return new Measure(Stage, "idf relative", Difference.Relative(content.InverseFrequencies, factors), 1e-12);
        yield return new Measure(
            Stage, "row starts that differ", Difference.Count<int>(content.TermWeights.RowStarts, weights.RowStarts), 0);
        yield return new Measure(
            Stage, "columns that differ", Difference.Count<int>(content.TermWeights.ColumnIndices, weights.ColumnIndices), 0);
        yield return new Measure(Stage, "counts that differ", CountsThatDiffer(content.TermCounts, weights, factors), 0);
        yield return new Measure(Stage, "c-TF-IDF relative", Difference.Relative(content.TermWeights.Values, weights.Values), 1e-9);
    }

    /// <summary>Returns the number of counts that differ; recorded counts are derived from the recorded weights.</summary>
    private static double CountsThatDiffer(CsrMatrix<int> counts, CsrMatrix<double> weights, double[] factors)
    {
        if (counts.Values.Length != weights.Values.Length)
        {
            return double.PositiveInfinity;
        }

        int different = 0;
        for (int row = 0; row < counts.Rows; row++)
        {
            long length = 0;
            foreach (int count in counts.RowValues(row))
            {
                length += count;
            }

            for (int entry = counts.RowStarts[row]; entry < counts.RowStarts[row + 1]; entry++)
            {
                double expected = weights.Values[entry] / factors[weights.ColumnIndices[entry]] * length;
                different += Math.Abs(counts.Values[entry] - expected) < 1e-6 ? 0 : 1;
            }
        }

        return different;
    }
}
