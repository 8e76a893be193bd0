namespace TopicGrpc.Engine.Topics;

/// <summary>Check that the parts of a model fit each other. A damaged archive fails when it is loaded, not at a later call.</summary>
internal static class TopicModelStateCheck
{
    /// <summary>Checks all parts.</summary>
    /// <exception cref="ArgumentException">Two parts contradict each other, or a topic has no valid uid of its own.</exception>
    public static void Check(TopicModelState state)
    {
        CheckParts(state);
        if (TopicUids.FindInvalid(state.Topics) is { } topic)
        {
            throw new ArgumentException($"The parts of the model do not fit each other: the uid \"{topic.Uid}\" of topic {topic.Id} is "
                + "missing, malformed or used twice.");
        }
    }

    /// <summary>Checks all parts except the uids.</summary>
    /// <exception cref="ArgumentException">Two parts contradict each other.</exception>
    public static void CheckParts(TopicModelState state)
    {
        int documents = state.DocumentIds.Count;
        int rows = state.Topics.Count;
        int outliers = rows > 0 && state.Topics[0].Id < 0 ? 1 : 0;
        Require(state.Assignments.Length == documents, $"{documents} documents but {state.Assignments.Length} assignments");
        Require(state.ClusterStrengths.Length == documents, $"{documents} documents but {state.ClusterStrengths.Length} strengths");
        Require(state.TopicCentroids.Length == rows * state.Embedder.Dimension, "topic centroids of another shape");
        Require(state.TermWeights.Rows == rows, $"{rows} topics but {state.TermWeights.Rows} rows of word weights");
        Require(state.TermWeights.Columns == state.Vocabulary.Count, "word weights over another vocabulary");
        Require(state.InverseFrequencies.Length == state.Vocabulary.Count, "word factors over another vocabulary");
        Require(
            state.TermCounts is null || (state.TermCounts.Rows == rows && state.TermCounts.Columns == state.Vocabulary.Count),
            "word counts of another shape");
        Require(
            state.Probabilities is null || (state.Probabilities.Rows == documents && state.Probabilities.Columns == rows - outliers),
            "probabilities of another shape");
        Require(
            state.DocumentVectors is null
                || (state.DocumentVectors.Rows == documents && state.DocumentVectors.Columns == state.Embedder.Dimension),
            "document vectors of another shape");
        Require(
            state.MapPoints is null || (state.MapPoints.Rows == documents && state.MapPoints.Columns == 2),
            "map points of another shape");
        Require(
            state.Texts is null || Enumerable.Range(0, state.Texts.Count).All(place => state.Texts.RowAt(place) < documents),
            "fingerprints of other texts");
        Require(state.Aspects is null || state.Aspects.Values.All(words => words.Length == rows), "aspects over other topics");
        for (int row = 0; row < rows; row++)
        {
            Require(state.Topics[row].Id == row - outliers, $"topic {state.Topics[row].Id} in row {row}");
        }

        foreach (int topic in state.Assignments)
        {
            Require(topic >= -outliers && topic < rows - outliers, $"a document in topic {topic}, which does not exist");
        }
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"The parts of the model do not fit each other: {problem}.");
        }
    }
}
