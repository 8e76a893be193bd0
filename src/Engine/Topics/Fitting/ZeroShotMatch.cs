using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Matching of documents to the zero-shot topic with the most similar name, if it is similar enough.</summary>
internal static class ZeroShotMatch
{
    /// <returns>Number of the matched name for each document, −1 for none; null if no document matches.</returns>
    public static int[]? Find(Matrix embeddings, TopicModelOptions options, NameVectors vectors)
    {
        if (options.ZeroShotTopics.Count == 0)
        {
            return null;
        }

        CentroidPredictor nearest = new(vectors.Embed(options.ZeroShotTopics), outlierOffset: 0);
        int[] matches = new int[embeddings.Rows];
        for (int row = 0; row < matches.Length; row++)
        {
            TopicPrediction best = nearest.Predict(embeddings.Row(row), allTopics: false);
            matches[row] = best.Probability >= options.ZeroShotMinSimilarity ? best.TopicId : -1;
        }

        return Array.TrueForAll(matches, match => match < 0) ? null : matches;
    }
}
