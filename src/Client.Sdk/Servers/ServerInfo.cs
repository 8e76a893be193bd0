namespace TopicGrpc.Client.Servers;

/// <summary>Facts about a server.</summary>
public sealed record ServerInfo
{
    /// <summary>Version of the server.</summary>
    public required string Version { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Time since.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>What it accepts.</summary>
    public ServerLimits Limits { get; init; } = new();

    /// <summary>Encoders.</summary>
    public IReadOnlyList<EncoderInfo> Encoders { get; init; } = [];
}
