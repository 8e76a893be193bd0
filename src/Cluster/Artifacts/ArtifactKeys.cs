using System.Buffers;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>Keys of the objects of artifacts.</summary>
internal static class ArtifactKeys
{
    /// <summary>First characters of all keys.</summary>
    public const string Prefix = "artifacts/";

    private const int PublicationLength = 32;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Returns the key of a content that a publication writes.</summary>
    /// <param name="sha256">SHA-256 of the content.</param>
    /// <param name="publication">Id of the publication.</param>
    public static string Of(string sha256, string publication) => $"{Prefix}{sha256[..2]}/{sha256}-{CheckPublication(publication)}";

    /// <summary>Returns an id of a publication that has the right form.</summary>
    /// <exception cref="ArgumentException">The id is not 32 lowercase hexadecimal digits.</exception>
    public static string CheckPublication(string publication) =>
        publication is { Length: PublicationLength } && !publication.AsSpan().ContainsAnyExcept(HexDigits)
            ? publication
            : throw new ArgumentException($"'{publication}' is not an id of a publication: use 32 digits 0-9, a-f.", nameof(publication));
}
