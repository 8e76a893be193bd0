namespace TopicGrpc.Client.Servers;

/// <summary>Information about a server.</summary>
public sealed record ServerInfo
{
    /// <summary>Version of the server.</summary>
    public required string Version { get; init; }

    /// <summary>Start time.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>Limits of requests.</summary>
    public ServerLimits Limits { get; init; } = new();

    /// <summary>
    /// Folders of corpora or versions that the database of the server does not name, and the other way round. The server does not use them.
    /// </summary>
    public IReadOnlyList<string> StorageWarnings { get; init; } = [];

    /// <summary>Encoders.</summary>
    public IReadOnlyList<EncoderInfo> Encoders { get; init; } = [];
}
