namespace TopicGrpc.Server.Access;

/// <summary>Limits of one caller; 0 means no limit.</summary>
/// <param name="CallsPerSecond">Calls per second; bursts of one second are allowed.</param>
/// <param name="TokensPerSecond">Estimated tokens per second of texts to embed; bursts of ten seconds are allowed.</param>
/// <param name="Fits">Queued and running fits of the models that the caller sees.</param>
/// <param name="Documents">Stored documents of the corpora that the caller sees.</param>
/// <param name="Bytes">Bytes of their texts.</param>
/// <param name="Streams">Streams open at the same time.</param>
internal sealed record Quota(int CallsPerSecond, int TokensPerSecond, int Fits, long Documents, long Bytes, int Streams)
{
    /// <summary>No limits.</summary>
    public static Quota None { get; } = new(0, 0, 0, 0, 0, 0);
}
