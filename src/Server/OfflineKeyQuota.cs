namespace TopicGrpc.Server;

/// <summary>Limits of the callers with a key together; 0 means no limit.</summary>
public sealed record OfflineKeyQuota
{
    /// <summary>Calls per second, 0 to 1,000,000.</summary>
    public int CallsPerSecond { get; init; }

    /// <summary>Estimated tokens per second of embedded texts, 0 to 100,000,000.</summary>
    public int TokensPerSecond { get; init; }

    /// <summary>Queued and running fits of the models that the callers see, 0 to 1,000,000.</summary>
    public int Fits { get; init; }

    /// <summary>Documents in the corpora that the callers see, 0 to 10^15.</summary>
    public long Documents { get; init; }

    /// <summary>Bytes of their texts, 0 to 10^15.</summary>
    public long TextBytes { get; init; }

    /// <summary>Streams that are open at the same time, 0 to 1,000,000.</summary>
    public int Streams { get; init; }

    internal V1.Quota ToMessage() => new()
    {
        CallsPerSecond = CallsPerSecond,
        TokensPerSecond = TokensPerSecond,
        Fits = Fits,
        Documents = Documents,
        TextBytes = TextBytes,
        Streams = Streams,
    };
}
