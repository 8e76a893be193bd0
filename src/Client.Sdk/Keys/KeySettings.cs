namespace TopicGrpc.Client.Keys;

/// <summary>Settings of a new key.</summary>
public sealed record KeySettings
{
    /// <summary>Human-readable name, 1 to 64 bytes.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What callers may do.</summary>
    public required KeyRole Role { get; init; }

    /// <summary>Ids of the models that callers see; an asterisk matches any characters. At most 64; none: every model.</summary>
    public IReadOnlyList<string> ModelPatterns { get; init; } = [];

    /// <summary>Ids of the corpora that callers see, as <see cref="ModelPatterns"/>.</summary>
    public IReadOnlyList<string> CorpusPatterns { get; init; } = [];

    /// <summary>Limits.</summary>
    public KeyQuota Quota { get; init; } = new();

    /// <summary>When the key ends; null: never.</summary>
    public DateTimeOffset? Expires { get; init; }
}
