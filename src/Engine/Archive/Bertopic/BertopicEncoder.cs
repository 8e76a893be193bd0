using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>The encoder of a model that BERTopic saved, as named in its folder. The folder has no hash of the weights.</summary>
/// <param name="Name">Name in <c>config.json</c>, with or without a publisher; null if BERTopic saved none.</param>
/// <param name="Dimension">Dimension of the centroids.</param>
public sealed record BertopicEncoder(string? Name, int Dimension)
{
    /// <summary>Reads the encoder from a folder.</summary>
    /// <param name="directory">Folder that BERTopic saved.</param>
    /// <exception cref="InvalidDataException">A file or field is missing or invalid. The message names it.</exception>
    public static BertopicEncoder Read(string directory) => Read(directory, DiskStorage.Instance);

    /// <summary>Reads the encoder from a folder.</summary>
    /// <param name="directory">Folder that BERTopic saved.</param>
    /// <param name="storage">Storage of the folder.</param>
    /// <exception cref="InvalidDataException">A file or field is missing or invalid. The message names it.</exception>
    public static BertopicEncoder Read(string directory, IFileStorage storage)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(storage);
        ForeignFolder folder = new(storage, directory);
        var config = ForeignJson.Read(folder, BertopicNames.Config, ForeignFolder.MaxConfigBytes);
        string? name = config.TryValue(BertopicNames.EmbeddingModel)?.Text();
        return new BertopicEncoder(name, BertopicCentroids.ReadDimension(folder));
    }

    /// <summary>
    /// Returns whether an encoder has the name and dimension of the model's encoder. Embeddings of another encoder are not comparable with
    /// the centroids.
    /// </summary>
    /// <param name="embedder">The encoder for predictions.</param>
    public bool Fits(EmbedderInfo embedder)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        return Dimension == embedder.Dimension && (Name is null || IsNameOf(Name, embedder));
    }

    /// <summary>Returns whether a name, with or without a publisher, is that of an encoder.</summary>
    internal static bool IsNameOf(string name, EmbedderInfo embedder) =>
        string.Equals(LastPart(name), LastPart(embedder.Name), StringComparison.OrdinalIgnoreCase);

    private static string LastPart(string name) => name[(name.LastIndexOf('/') + 1)..];
}
