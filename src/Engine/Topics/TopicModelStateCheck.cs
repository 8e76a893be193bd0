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
            state.ErasedRows.Length == 0 || (state.ErasedRows[0] >= 0 && state.ErasedRows[^1] < documents && IsAscending(state.ErasedRows)),
            "erased rows of other documents");
        Require(state.Texts is null || state.Texts.LastRow < documents, "fingerprints of other texts");
        Require(state.Aspects is null || state.Aspects.Values.All(words => words.Length == rows), "aspects over other topics");
        for (int row = 0; row < rows; row++)
        {
            Require(state.Topics[row].Id == row - outliers, $"topic {state.Topics[row].Id} in row {row}");
        }

        CheckSample(state);
        CheckRefinements(state);
        if (state.Layers is { } layers)
        {
            CheckLayers(layers, state, rows - outliers);
        }

        // Not by Require for each document, which would make a text for each.
        int wrong = Array.FindIndex(state.Assignments, topic => topic < -outliers || topic >= rows - outliers);
        Require(wrong < 0, wrong < 0 ? string.Empty : $"a document in topic {state.Assignments[wrong]}, which does not exist");
    }

    private static void CheckSample(TopicModelState state)
    {
        if (state.Sample is not { } sample)
        {
            return;
        }

        int documents = state.DocumentIds.Count;
        int[] rows = sample.Rows;
        Require(state.Layout is { } layout && layout.Embedding.Rows == rows.Length, "a sample without a layout of its documents");
        Require(state.Clusters is { } tree && tree.State.Points.Rows == rows.Length, "a sample without clusters of its documents");
        Require(
            rows.Length > 0 && rows[0] >= 0 && rows[^1] < documents && IsAscending(rows), "sampled rows of other documents");
        Require(
            sample.Positions.Rows == documents && sample.Positions.Columns == state.Layout!.Embedding.Columns,
            "positions of other documents");
        Require(state.DocumentVectors is not null, "a sample without the embeddings of all documents");
    }

    private static void CheckRefinements(TopicModelState state)
    {
        if (state.Clusters is null || state.Refinements.Count == 0)
        {
            return;
        }

        int clusters = state.Clusters.ClusterCount;
        int end = state.Mapper.Rows == 0 ? 0 : state.Mapper.Values[0] + state.Mapper.Rows;
        Require(state.Refinements.Count <= ClusterRefinement.Most, $"{state.Refinements.Count} refinements");
        foreach (ClusterRefinement refinement in state.Refinements)
        {
            Require(refinement.FirstCluster == clusters, "refinements with other cluster numbers");
            Require(refinement.Rows.Length == refinement.Clusters.State.Points.Rows, "rows of a refinement over other points");
            Require(refinement.Sources.All(source => source >= -1 && source < clusters), "a refinement of a cluster that does not exist");
            clusters += refinement.Clusters.ClusterCount;
        }

        Require(clusters == end, $"{clusters} clusters but {end} in the mapper");
    }

    private static void CheckLayers(TopicLayers layers, TopicModelState state, int topics)
    {
        Require(layers.Count <= TopicLayers.MostLayers, $"{layers.Count} layers");
        Require(layers.TopicParents.Count == topics, "parents of other topics");
        for (int index = 0; index < layers.Count; index++)
        {
            int count = layers.At(index)?.Topics.Count ?? topics;
            for (int topic = 0; topic < count; topic++)
            {
                TopicParent parent = layers.ParentOf(index, topic);
                bool exists = parent == TopicParent.None
                    || (parent.Layer > index
                        && parent.Layer < layers.Count
                        && parent.Topic >= 0
                        && parent.Topic < (layers.At(parent.Layer)?.Topics.Count ?? topics));
                Require(exists, $"a parent of topic {topic} of layer {index}, which does not exist");
            }

            if (layers.At(index) is { } layer)
            {
                Require(layer.Assignments.Length == state.DocumentIds.Count, $"assignments of layer {layer.Name} for other documents");
                Require(
                    Array.TrueForAll(layer.Assignments, topic => topic >= -1 && topic < count),
                    $"a document in a topic of layer {layer.Name} that does not exist");
            }
        }
    }

    private static bool IsAscending(int[] rows)
    {
        for (int i = 1; i < rows.Length; i++)
        {
            if (rows[i] <= rows[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"The parts of the model do not fit each other: {problem}.");
        }
    }
}
