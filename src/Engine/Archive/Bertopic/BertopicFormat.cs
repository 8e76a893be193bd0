using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// Models in the folder that BERTopic reads and writes with <c>serialization="safetensors"</c>. The format holds topics, words
/// and mean vectors but no layout, no cluster tree, no probabilities and no texts, so a model from there predicts by
/// centroid. Source: BERTopic 0.17.4, <c>_save_utils</c>.
/// </summary>
public static class BertopicFormat
{
    private const int IdPrefixDigits = 8;

    /// <summary>Reads a model. Documents have no ids there; theirs are made of a digest of <c>topics.json</c> and their number.</summary>
    /// <param name="directory">Folder that BERTopic saved.</param>
    /// <param name="embedder">Encoder that predictions will use; it must be the model's.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>A model that predicts by centroid; its words can be queried where they were saved (<c>save_ctfidf=True</c>).</returns>
    /// <exception cref="InvalidDataException">
    /// A file or field is missing or not as BERTopic writes it, or the encoder another one; the message names it.
    /// </exception>
    public static TopicModel Import(string directory, EmbedderInfo embedder, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(embedder);
        try
        {
            return Read(directory, embedder, cancellationToken);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"The files make no model: {error.Message}", error);
        }
    }

    /// <summary>Writes a model so that BERTopic loads it with the same words, sizes, names and predictions by centroid.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must be missing or empty.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="IOException">The folder holds files, or the disk refused.</exception>
    public static void Export(TopicModel model, string directory, CancellationToken cancellationToken) =>
        Export(model, directory, DiskStorage.Instance, cancellationToken);

    /// <summary>Writes a model so that BERTopic loads it with the same words, sizes, names and predictions by centroid.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must be missing or empty.</param>
    /// <param name="storage">Where the folder is.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="IOException">The folder is not empty, or the disk failed.</exception>
    public static void Export(TopicModel model, string directory, IFileStorage storage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        storage.CreateFolder(directory);
        if (storage.ListFiles(directory).Count + storage.ListFolders(directory).Count > 0)
        {
            throw new IOException($"{directory} is not empty; a model is exported into a folder of its own.");
        }

        SafetensorsWriter.Write(
            storage,
            Path.Combine(directory, BertopicNames.Centroids),
            Tensor.Create(
                BertopicNames.CentroidTensor, model.TopicEmbeddings.Values, model.TopicEmbeddings.Rows, model.TopicEmbeddings.Columns));
        cancellationToken.ThrowIfCancellationRequested();
        WriteJson(storage, directory, BertopicNames.Topics, writer => BertopicTopicsWriter.Write(writer, model));
        cancellationToken.ThrowIfCancellationRequested();
        WriteJson(storage, directory, BertopicNames.Config, writer => BertopicConfig.Write(model).WriteTo(writer));
        if (model.Vocabulary.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SafetensorsWriter.Write(storage, Path.Combine(directory, BertopicNames.Weights), BertopicWeights.Tensors(model));
            WriteJson(storage, directory, BertopicNames.WeightsConfig, writer => BertopicWeights.WriteConfig(writer, model));
        }
    }

    private static TopicModel Read(string directory, EmbedderInfo embedder, CancellationToken cancellationToken)
    {
        byte[] content = ForeignFile.ReadBytes(directory, BertopicNames.Topics, ForeignFile.MaxJsonBytes);
        var topics = BertopicTopics.Read(ForeignJson.Parse(BertopicNames.Topics, content));
        SourceParameters source = new();
        List<FitWarning> warnings = [];
        var parameters = ForeignJson.Read(directory, BertopicNames.Config);
        TopicModelOptions options = BertopicConfig.Read(parameters, embedder, source);
        if (parameters.TryValue(BertopicNames.EmbeddingModel) is null)
        {
            warnings.Add(new FitWarning(
                FitWarning.UnnamedEncoder,
                $"The model was saved without the name of its encoder; {embedder.Name} is assumed. "
                + "Save it with save_embedding_model set to the name."));
        }

        cancellationToken.ThrowIfCancellationRequested();
        double[] centroids = BertopicCentroids.Read(directory, topics, embedder.Dimension, warnings);
        cancellationToken.ThrowIfCancellationRequested();
        var weights = BertopicWeights.None(topics.Topics.Count);
        if (File.Exists(Path.Combine(directory, BertopicNames.Weights)))
        {
            var config = ForeignJson.Read(directory, BertopicNames.WeightsConfig);
            ForeignJson vectorizer = config.Member(BertopicNames.VectorizerModel);
            weights = BertopicWeights.Read(
                SafetensorsReader.Read(directory, BertopicNames.Weights), vectorizer.Member(BertopicNames.Vocabulary), topics.Topics.Count);
            List<string> differing = [];
            options = options with
            {
                Weights = BertopicWords.ReadWeights(config.Member(BertopicNames.TransformerModel)),
                Words = BertopicWords.Read(vectorizer.Member(BertopicNames.Parameters), options.Words, source, differing),
            };
            if (differing.Count > 0)
            {
                string foreign = string.Join(", ", differing);
                warnings.Add(new FitWarning(
                    FitWarning.ForeignWords,
                    $"The vectorizer parameters {foreign} have no counterpart; queries by words read texts without them."));
            }
        }

        TopicModelState state = new()
        {
            Options = options,
            Embedder = embedder,
            DocumentIds = Ids(content, topics.Assignments.Length),
            Assignments = topics.Assignments,
            ClusterStrengths = new double[topics.Assignments.Length],
            Topics = topics.Topics,
            Aspects = topics.Aspects,
            SourceSettings = source.Values,
            TopicCentroids = centroids,
            Mapper = topics.Mapper,
            Vocabulary = weights.Vocabulary,
            InverseFrequencies = weights.InverseFrequencies,
            TermWeights = weights.Weights,
            Report = new TopicAssignments(topics.Assignments).Report([], warnings, options),
        };
        return new TopicModel(state.WithUids());
    }

    /// <summary>
    /// Numbers of one length, so that their ordinal order is that of the documents; the digest keeps the documents of two models apart.
    /// </summary>
    private static string[] Ids(byte[] topics, int count)
    {
        string prefix = Convert.ToHexStringLower(SHA256.HashData(topics))[..IdPrefixDigits];
        return [.. Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:D9}"))];
    }

    private static void WriteJson(IFileStorage storage, string directory, string name, Action<Utf8JsonWriter> write)
    {
        using IStoredFile file = storage.Open(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write);
        using StoredFileStream stream = new(file, FileAccess.Write);
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        write(writer);
        writer.Flush();
        file.Flush();
    }
}
