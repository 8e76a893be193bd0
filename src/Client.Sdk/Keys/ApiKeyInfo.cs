namespace TopicGrpc.Client.Keys;

/// <summary>A key of a server, without its secret.</summary>
public sealed record ApiKeyInfo
{
    /// <summary>Id.</summary>
    public required string Name { get; init; }

    /// <summary>Settings.</summary>
    public required KeySettings Settings { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Last call with it, accurate to a minute; null: none.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>When it was revoked; null: it is not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>Until when the secret before the last rotation is valid; null: there is none.</summary>
    public DateTimeOffset? OverlapEnd { get; init; }
}
