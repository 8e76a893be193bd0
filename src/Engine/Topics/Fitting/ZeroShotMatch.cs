using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Gives documents to the zero-shot topic whose name is nearest, where it is near enough.</summary>
internal static class ZeroShotMatch
{
    /// <returns>Number of the name in the list for each document, −1 where none is near enough; null where no document is near any.</returns>
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
