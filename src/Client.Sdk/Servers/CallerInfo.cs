using TopicGrpc.Client.Keys;

namespace TopicGrpc.Client.Servers;

/// <summary>The caller as the server knows it, and what it may do.</summary>
public sealed record CallerInfo
{
    /// <summary>
    /// Name, as in the audit log: <c>keys/{key}</c>, the subject of a token or of a client certificate, or <c>anonymous</c> if the server
    /// needs no credentials.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>What the caller may do.</summary>
    public KeyRole Role { get; init; }

    /// <summary>Patterns of the models that the caller sees; <c>*</c> matches any characters.</summary>
    public IReadOnlyList<string> ModelPatterns { get; init; } = [];

    /// <summary>Patterns of the corpora that the caller sees, as <see cref="ModelPatterns"/>.</summary>
    public IReadOnlyList<string> CorpusPatterns { get; init; } = [];

    /// <summary>When the credentials end; null: never.</summary>
    public DateTimeOffset? ValidUntil { get; init; }
}
