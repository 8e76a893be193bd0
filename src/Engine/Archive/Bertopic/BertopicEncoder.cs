using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>What a folder that BERTopic saved says of the encoder that made its vectors. There is no hash of the weights.</summary>
/// <param name="Name">Name in <c>config.json</c>, with or without a publisher; null where none was saved.</param>
/// <param name="Dimension">Values of a mean vector.</param>
public sealed record BertopicEncoder(string? Name, int Dimension)
{
    /// <summary>Reads it from a folder.</summary>
    /// <param name="directory">Folder that BERTopic saved.</param>
    /// <exception cref="InvalidDataException">A file or field is missing or not as BERTopic writes it; the message names it.</exception>
    public static BertopicEncoder Read(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        string? name = ForeignJson.Read(directory, BertopicNames.Config).TryValue(BertopicNames.EmbeddingModel)?.Text();
        return new BertopicEncoder(name, BertopicCentroids.ReadDimension(directory));
    }

    /// <summary>
    /// Whether an encoder can answer for the model: as far as the folder tells, vectors of any other are compared with centroids that they
    /// have nothing to do with.
    /// </summary>
    /// <param name="embedder">The encoder at hand.</param>
    public bool Fits(EmbedderInfo embedder)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        return Dimension == embedder.Dimension && (Name is null || IsNameOf(Name, embedder));
    }

    /// <summary>Whether a name, with or without a publisher, is that of an encoder.</summary>
    internal static bool IsNameOf(string name, EmbedderInfo embedder) =>
        string.Equals(LastPart(name), LastPart(embedder.Name), StringComparison.OrdinalIgnoreCase);

    private static string LastPart(string name) => name[(name.LastIndexOf('/') + 1)..];
}
