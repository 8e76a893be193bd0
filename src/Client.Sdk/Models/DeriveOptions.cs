namespace TopicGrpc.Client.Models;

/// <summary>Options of a derivation.</summary>
public sealed record DeriveOptions
{
    /// <summary>Labels to point at the new version when it is ready; at most 16.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>
    /// Id that makes a repeated call return the handle of the first, also from another process; at most 64 bytes. Null: a new id per call.
    /// </summary>
    public string? RequestId { get; init; }
}
