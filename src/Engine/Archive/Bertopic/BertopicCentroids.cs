using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Reads the centroids from <c>topic_embeddings.safetensors</c>.</summary>
internal static class BertopicCentroids
{
    /// <summary>
    /// Reads one centroid per topic. If outlier reduction removed all outliers, BERTopic still saves their centroid; BERTopic then predicts
    /// topic i + 1 instead of topic i for the loaded model. The import drops this centroid with a warning.
    /// </summary>
    /// <exception cref="InvalidDataException">The tensor is missing, has another shape, or contains a value that is not finite.</exception>
    public static double[] Read(ForeignFolder folder, BertopicTopics topics, int dimension, List<FitWarning> warnings)
    {
        StoredTensor tensor = ReadTensor(folder);
        if (!tensor.HasNumbers)
        {
            throw Wrong("a tensor of numbers");
        }

        int count = topics.Topics.Count;
        int extra = topics.OutlierOffset == 0 && tensor.Shape is [var rows, _] && rows == count + 1 ? 1 : 0;
        if (tensor.Shape is not [var height, var width] || height != count + extra || width != dimension)
        {
            throw Wrong($"{count} × {dimension}, the number of topics in topics.json by the dimension of the encoder; its shape is "
                + $"{string.Join(" × ", tensor.Shape)}");
        }

        double[] values = tensor.ToDoubles()!;
        if (Array.Exists(values, value => !double.IsFinite(value)))
        {
            throw Wrong("a tensor of finite numbers");
        }

        if (extra > 0)
        {
            warnings.Add(new FitWarning(
                FitWarning.OutlierCentroid,
                "The model has no outliers but a centroid of outliers, which BERTopic keeps after outlier reduction. The import dropped "
                + "this centroid, because it would shift every prediction to the next topic."));
        }

        return values[(extra * dimension)..];
    }

    /// <summary>Reads the dimension of the centroids.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing or has not two dimensions.</exception>
    public static int ReadDimension(ForeignFolder folder) =>
        ReadTensor(folder).Shape is [_, var width and > 0 and <= int.MaxValue] ? (int)width : throw Wrong("a matrix of topics × values");

    private static StoredTensor ReadTensor(ForeignFolder folder) =>
        SafetensorsReader.Read(folder, BertopicNames.Centroids).TryGetValue(BertopicNames.CentroidTensor, out StoredTensor? tensor)
        ? tensor
        : throw new InvalidDataException($"{BertopicNames.Centroids}: {BertopicNames.CentroidTensor} is missing.");

    private static InvalidDataException Wrong(string expected) =>
        new($"{BertopicNames.Centroids}: {BertopicNames.CentroidTensor} must be {expected}.");
}
