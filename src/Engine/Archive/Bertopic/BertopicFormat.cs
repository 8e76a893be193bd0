using System.Security.Cryptography;
using System.Text.Json;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// Imports and exports models as the folder that BERTopic reads and writes with <c>serialization="safetensors"</c>. The format has topics,
/// words and centroids, but no layout, cluster tree, probabilities or texts. An imported model therefore predicts by centroid. Source:
/// BERTopic 0.17.4, <c>_save_utils</c>.
/// </summary>
public static class BertopicFormat
{
    private const int IdPrefixDigits = 8;

    /// <summary>Reads a model. Document ids, which the format lacks, consist of a hash of <c>topics.json</c> and a number.</summary>
    /// <param name="directory">Folder that BERTopic saved.</param>
    /// <param name="embedder">Encoder for predictions; it must be the encoder of the model.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>A model that predicts by centroid. It has term weights if BERTopic saved them (<c>save_ctfidf=True</c>).</returns>
    /// <exception cref="InvalidDataException">
    /// A file or field is missing or invalid, or the encoder differs. The message names it.
    /// </exception>
    public static TopicModel Import(string directory, EmbedderInfo embedder, CancellationToken cancellationToken) =>
        Import(directory, embedder, DiskStorage.Instance, cancellationToken);

    /// <summary>Reads a model. Document ids, which the format lacks, consist of a hash of <c>topics.json</c> and a number.</summary>
    /// <param name="directory">Folder that BERTopic saved.</param>
    /// <param name="embedder">Encoder for predictions; it must be the encoder of the model.</param>
    /// <param name="storage">Storage of the folder.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>A model that predicts by centroid. It has term weights if BERTopic saved them (<c>save_ctfidf=True</c>).</returns>
    /// <exception cref="InvalidDataException">
    /// A file or field is missing or invalid, or the encoder differs. The message names it.
    /// </exception>
    public static TopicModel Import(string directory, EmbedderInfo embedder, IFileStorage storage, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(storage);
        try
        {
            return Read(new ForeignFolder(storage, directory), embedder, cancellationToken);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"The files do not form a model: {error.Message}", error);
        }
    }

    /// <summary>Writes a model so that BERTopic loads it with the same words, sizes, names and predictions by centroid.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must not exist or be empty.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="IOException">The folder is not empty, or the disk failed.</exception>
    public static void Export(TopicModel model, string directory, CancellationToken cancellationToken) =>
        Export(model, directory, DiskStorage.Instance, cancellationToken);

    /// <summary>Writes a model so that BERTopic loads it with the same words, sizes, names and predictions by centroid.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must not exist or be empty.</param>
    /// <param name="storage">Storage of the folder.</param>
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
            throw new IOException($"{directory} is not empty. Export the model into a new or empty folder.");
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

    private static TopicModel Read(ForeignFolder folder, EmbedderInfo embedder, CancellationToken cancellationToken)
    {
        byte[] content = folder.ReadBytes(BertopicNames.Topics, ForeignFolder.MaxJsonBytes);
        var topics = BertopicTopics.Read(ForeignJson.Parse(BertopicNames.Topics, content));
        SourceParameters source = new();
        List<FitWarning> warnings = [];
        var parameters = ForeignJson.Read(folder, BertopicNames.Config, ForeignFolder.MaxConfigBytes);
        TopicModelOptions options = BertopicConfig.Read(parameters, embedder, source);
        if (parameters.TryValue(BertopicNames.EmbeddingModel) is null)
        {
            warnings.Add(new FitWarning(
                FitWarning.UnnamedEncoder,
                $"The model does not name its encoder; the import assumes {embedder.Name}. "
                + "In BERTopic, save the model with save_embedding_model set to the name."));
        }

        cancellationToken.ThrowIfCancellationRequested();
        double[] centroids = BertopicCentroids.Read(folder, topics, embedder.Dimension, warnings);
        cancellationToken.ThrowIfCancellationRequested();
        var weights = BertopicWeights.None(topics.Topics.Count);
        if (folder.Has(BertopicNames.Weights))
        {
            var config = ForeignJson.Read(folder, BertopicNames.WeightsConfig, ForeignFolder.MaxJsonBytes);
            ForeignJson vectorizer = config.Member(BertopicNames.VectorizerModel);
            weights = BertopicWeights.Read(
                SafetensorsReader.Read(folder, BertopicNames.Weights), vectorizer.Member(BertopicNames.Vocabulary), topics.Topics.Count);
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
                    $"The vectorizer parameters {foreign} have no counterpart and are ignored when the server tokenizes texts."));
            }
        }

        TopicModelState state = new()
        {
            Options = options,
            Embedder = embedder,
            DocumentIds = new NumberedIds(Prefix(content), topics.Assignments.Length),
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

    /// <summary>Returns the start of the document ids: a hash, which distinguishes the documents of two models.</summary>
    private static string Prefix(byte[] topics) => Convert.ToHexStringLower(SHA256.HashData(topics))[..IdPrefixDigits];

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
