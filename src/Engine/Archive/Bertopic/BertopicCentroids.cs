using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>The mean vectors in <c>topic_embeddings.safetensors</c>.</summary>
internal static class BertopicCentroids
{
    /// <summary>
    /// Reads one vector a topic. After outliers were reduced away, BERTopic saves their mean vector still, and there
    /// predicts every topic as the next one; it is left out here, with a warning.
    /// </summary>
    /// <exception cref="InvalidDataException">The tensor is missing, of another shape, or holds a value that is not finite.</exception>
    public static double[] Read(string directory, BertopicTopics topics, int dimension, List<FitWarning> warnings)
    {
        Tensor tensor = ReadTensor(directory);
        double[] values = tensor.ToDoubles() ?? throw Wrong("a tensor of numbers");
        int count = topics.Topics.Count;
        int extra = topics.OutlierOffset == 0 && tensor.Shape is [var rows, _] && rows == count + 1 ? 1 : 0;
        if (tensor.Shape is not [var height, var width] || height != count + extra || width != dimension)
        {
            throw Wrong($"{count} topics × {dimension} values, as topics.json and the encoder say; its shape is "
                + $"{string.Join(" × ", tensor.Shape)}");
        }

        if (Array.Exists(values, value => !double.IsFinite(value)))
        {
            throw Wrong("finite throughout");
        }

        if (extra > 0)
        {
            warnings.Add(new FitWarning(
                FitWarning.OutlierCentroid,
                "The model has no outliers but a mean vector of them, which BERTopic leaves behind when outliers are reduced; it was left "
                + "out, because it would move every prediction to the next topic."));
        }

        return values[(extra * dimension)..];
    }

    /// <summary>Values of a mean vector.</summary>
    /// <exception cref="InvalidDataException">The tensor is missing, or no table.</exception>
    public static int ReadDimension(string directory) =>
        ReadTensor(directory).Shape is [_, var width and > 0 and <= int.MaxValue] ? (int)width : throw Wrong("a table of topics × values");

    private static Tensor ReadTensor(string directory) =>
        SafetensorsReader.Read(directory, BertopicNames.Centroids).TryGetValue(BertopicNames.CentroidTensor, out Tensor? tensor)
        ? tensor
        : throw new InvalidDataException($"{BertopicNames.Centroids}: {BertopicNames.CentroidTensor} is missing.");

    private static InvalidDataException Wrong(string expected) =>
        new($"{BertopicNames.Centroids}: {BertopicNames.CentroidTensor} is not {expected}.");
}
