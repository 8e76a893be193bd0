namespace TopicGrpc.Client.Models;

/// <summary>How a model is imported.</summary>
public sealed record ImportOptions
{
    /// <summary>Labels to set to the version once it is ready; at most 16.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Makes a repeated call return the first one's version, also from another process; at most 64 bytes. Null: the client makes one for the call and its retries.</summary>
    public string? RequestId { get; init; }

    /// <summary>SHA-256 of the weights of the encoder that the model needs, 64 lower-case hexadecimal digits; a server with another one refuses. Null: its name, which the files state, must do.</summary>
    public string? EncoderSha256 { get; init; }
}
