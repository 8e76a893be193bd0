namespace TopicGrpc.Client.Models;

/// <summary>Options of an import.</summary>
public sealed record ImportOptions
{
    /// <summary>Labels to point at the version when it is ready; at most 16.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>
    /// Id that makes a repeated call return the version of the first, also from another process; at most 64 bytes. Null: a new id per call.
    /// </summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// SHA-256 of the weights of the required encoder, 64 lower-case hexadecimal digits; a server with another encoder rejects the model.
    /// Null: the server compares the encoder names.
    /// </summary>
    public string? EncoderSha256 { get; init; }
}
