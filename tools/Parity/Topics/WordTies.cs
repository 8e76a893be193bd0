using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Parity.Topics;

/// <summary>
/// Comparison of the words of a topic up to ties. Among words of equal weight BERTopic's unstable sort decides, also which of them the
/// list still holds, so a recorded word is right if this engine gives it the recorded weight.
/// </summary>
internal static class WordTies
{
    /// <summary>Relative difference up to which weights are equal.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Returns the number of recorded words that ties do not explain.</summary>
    /// <param name="content">Weights of the engine.</param>
    /// <param name="row">Row of the topic.</param>
    /// <param name="expected">Recorded words and weights. That the weights are the largest is measured separately.</param>
    public static int Unexplained(TopicContent content, int row, IReadOnlyList<TopicWord> expected)
    {
        int unexplained = 0;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (TopicWord word in expected)
        {
            // An empty word fills the list of a topic with too few words.
            double weight = WeightOf(content.TermWeights, content.Vocabulary, row, word.Term);
            bool holds = word.Term.Length == 0 || (seen.Add(word.Term) && Equal(weight, word.Score));
            unexplained += holds ? 0 : 1;
        }

        return unexplained;
    }

    public static bool Equal(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Abs(b);

    /// <summary>Returns the weight of a term in a topic; NaN if the term is not in the vocabulary.</summary>
    public static double WeightOf(CsrMatrix<double> weights, Vocabulary vocabulary, int row, string term)
    {
        if (!vocabulary.TryGetColumn(term, out int column))
        {
            return double.NaN;
        }

        int place = weights.RowColumns(row).BinarySearch(column);
        return place < 0 ? 0 : weights.RowValues(row)[place];
    }
}
