namespace TopicGrpc.Client.Models;

/// <summary>How a version is derived.</summary>
public sealed record DeriveOptions
{
    /// <summary>Labels to set to the new version once it is ready; at most 16.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Makes a repeated call return the first one's operation, also from another process; at most 64 bytes. Null: the client makes one for the call and its retries.</summary>
    public string? RequestId { get; init; }
}
