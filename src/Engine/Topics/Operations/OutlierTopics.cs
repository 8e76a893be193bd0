using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Queries;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Most similar topic of each outlier; the first one among equals, −1 if none is similar enough.</summary>
internal static class OutlierTopics
{
    private const int BlockSize = 128;

    public static int[] Find(OutlierStrategy strategy, double threshold, int[] outliers, OperationInput input) => strategy switch
    {
        OutlierStrategy.Probabilities => ByProbability(threshold, outliers, input.Model),
        OutlierStrategy.Embeddings => ByEmbedding(threshold, outliers, input),
        OutlierStrategy.ClassTfIdf => ByTermWeights(threshold, outliers, input),
        OutlierStrategy.Distributions => ByDistribution(threshold, outliers, input),
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Unknown strategy."),
    };

    private static int[] ByProbability(double threshold, int[] outliers, TopicModel model)
    {
        Matrix probabilities = model.Probabilities
            ?? throw new InvalidOperationException("The model keeps no probabilities. Fit it with calculate_probabilities or choose "
                + "another strategy.");
        return Array.ConvertAll(outliers, row =>
        {
            ReadOnlySpan<float> values = probabilities.Row(row);
            int best = TensorPrimitives.IndexOfMax(values);
            return best >= 0 && values[best] >= threshold ? best : -1;
        });
    }

    private static int[] ByEmbedding(double threshold, int[] outliers, OperationInput input)
    {
        Matrix rows = input.Model.DocumentVectors
            ?? throw new InvalidOperationException("The model keeps no document embeddings. Choose another strategy.");
        int offset = input.Model.OutlierOffset;
        Matrix centroids = input.Model.TopicEmbeddings;
        CentroidPredictor predictor = new(
            new Matrix(centroids.Rows - offset, centroids.Columns, centroids.Values[(offset * centroids.Columns)..]), outlierOffset: 0);
        return ForEach(outliers, input, row => Nearest(predictor.Predict(rows.Row(row), allTopics: true).TopicProbabilities, threshold));
    }

    /// <summary>
    /// Returns the most similar topic; −1 if all similarities are 0 or below the threshold. Source: BERTopic's <c>reduce_outliers</c>.
    /// </summary>
    private static int Nearest(IReadOnlyList<double> similarities, double threshold)
    {
        int best = -1;
        double highest = double.NegativeInfinity;
        double sum = 0;
        for (int topic = 0; topic < similarities.Count; topic++)
        {
            double similarity = similarities[topic] < threshold ? 0 : similarities[topic];
            sum += similarity;
            if (similarity > highest)
            {
                (best, highest) = (topic, similarity);
            }
        }

        return sum > 0 ? best : -1;
    }

    private static int[] ByTermWeights(double threshold, int[] outliers, OperationInput input)
    {
        var space = TermSpace.Of(input.Model);
        TopicsByTerm index = new(space.Weights, space.OutlierOffset);
        return ForEach(outliers, input, row =>
        {
            CsrMatrix<double> weights = space.WeightsOf([input.Documents.Texts[row]]);
            double[] cosines = new double[index.TopicCount];
            index.Cosines(weights.RowColumns(0), weights.RowValues(0), cosines);
            return Nearest(cosines, threshold);
        });
    }

    private static int[] ByDistribution(double threshold, int[] outliers, OperationInput input)
    {
        TopicDistribution distribution = new(TermSpace.Of(input.Model), new DistributionOptions { MinSimilarity = threshold });
        return ForEach(
            outliers, input, row => Nearest(distribution.Compute(input.Documents.Texts[row], perToken: false).Topics, threshold: 0));
    }

    private static int[] ForEach(int[] outliers, OperationInput input, Func<int, int> topicOf)
    {
        int[] topics = new int[outliers.Length];
        RowBlocks.Run(
            outliers.Length,
            BlockSize,
            input.Compute.Threads,
            (_, first, end) =>
            {
                for (int i = first; i < end; i++)
                {
                    topics[i] = topicOf(outliers[i]);
                }
            },
            input.CancellationToken);
        return topics;
    }
}
