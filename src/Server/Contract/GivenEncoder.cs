using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>
/// The identity of an encoder that clients run. The server knows its name at most, so the hash in the identity is that of the name:
/// versions of one encoder have comparable embeddings.
/// </summary>
internal static class GivenEncoder
{
    private const string Precision = "given";

    /// <summary>Returns the identity of the encoder of a corpus.</summary>
    /// <param name="name">Its name; empty if it is unknown, and then embeddings are comparable inside the corpus alone.</param>
    /// <param name="corpus">Resource name of the corpus.</param>
    /// <param name="dimension">Numbers of an embedding.</param>
    public static EmbedderInfo Of(string name, string corpus, int dimension)
    {
        string identity = string.Create(CultureInfo.InvariantCulture, $"{(name.Length > 0 ? "encoder" : corpus)}\0{name}\0{dimension}");
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
        return new EmbedderInfo(name, Precision, hash, dimension, MaxTokens: 0);
    }

    /// <summary>Returns whether clients run the encoder.</summary>
    public static bool Is(EmbedderInfo encoder) => encoder.Precision == Precision;

    /// <summary>Returns the hash of the weights; empty if clients run the encoder.</summary>
    public static string WeightsOf(EmbedderInfo encoder) => Is(encoder) ? string.Empty : encoder.Sha256;

    /// <summary>Maps the encoder to the contract; null if the server ran it.</summary>
    public static GivenEmbeddings? ToProto(EmbedderInfo encoder) =>
        Is(encoder) ? new GivenEmbeddings { Dimension = encoder.Dimension, Encoder = encoder.Name } : null;
}
