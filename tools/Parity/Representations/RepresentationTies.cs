using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Parity.Topics;

namespace TopicGrpc.Parity.Representations;

/// <summary>
/// Ties between the candidates of a representation. For equal weights, an unstable sort in BERTopic decides which words a representation
/// gets, and for MMR also the order in which they are embedded.
/// </summary>
internal static class RepresentationTies
{
    /// <summary>Returns whether the candidates of a topic and the word after them have distinct weights.</summary>
    public static bool AreDistinct(TopicModel model, int row, int candidates)
    {
        TopicWord[] words = TopicWordRanking.Best(model.TermWeights, model.Vocabulary, row, candidates + 1);
        return !Enumerable.Range(1, words.Length - 1).Any(i => IsTie(words, i));
    }

    /// <summary>Returns whether the last candidate has the weight of the word after it.</summary>
    public static bool CutsATie(TopicModel model, int row, int candidates)
    {
        TopicWord[] words = TopicWordRanking.Best(model.TermWeights, model.Vocabulary, row, candidates + 1);
        return words[candidates].Term.Length > 0 && IsTie(words, candidates);
    }

    /// <summary>Returns the number of recorded words whose weight is below that of the last candidate.</summary>
    public static int Impossible(TopicModel model, TopicWord[][] expected, int candidates)
    {
        int impossible = 0;
        for (int row = 0; row < expected.Length; row++)
        {
            TopicWord[] words = TopicWordRanking.Best(model.TermWeights, model.Vocabulary, row, candidates);
            double least = words.Where(static word => word.Term.Length > 0).Select(static word => word.Score).DefaultIfEmpty(0).Last();
            impossible += expected[row].Count(word =>
                word.Term.Length > 0 && WordTies.WeightOf(model.TermWeights, model.Vocabulary, row, word.Term) is var weight
                && !(weight >= least * (1 - WordTies.Tolerance)));
        }

        return impossible;
    }

    private static bool IsTie(TopicWord[] words, int place) =>
        words[place - 1].Score - words[place].Score <= WordTies.Tolerance * words[place].Score;
}
