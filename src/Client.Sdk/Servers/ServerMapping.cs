using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Keys;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Servers;

/// <summary>Information about a server.</summary>
internal static class ServerMapping
{
    public static ServerInfo Map(Wire.GetServerInfoResponse wire) => new()
    {
        Version = wire.ServerVersion,
        Started = WireTimes.Time(wire.StartTime),
        Uptime = WireTimes.Span(wire.Uptime),
        StorageWarnings = [.. wire.StorageWarnings],
        Limits = wire.Limits is null ? new ServerLimits() : Map(wire.Limits),
        Encoders =
            [.. wire.Encoders.Select(static encoder => new EncoderInfo(encoder.Id, encoder.Sha256, encoder.Dimension, encoder.Precision))],
    };

    private static ServerLimits Map(Wire.GetServerInfoResponse.Types.Limits wire) => new()
    {
        MaxMessageBytes = wire.MaxMessageBytes,
        MaxTextBytes = wire.MaxTextBytes,
        MaxTokens = wire.MaxTokens,
        MaxBatchTexts = wire.MaxBatchTexts,
        MaxQueue = wire.MaxQueue,
        MaxChunkDocuments = wire.MaxChunkDocuments,
        MaxQueuedFits = wire.MaxQueuedFits,
        MaxDocumentIdBytes = wire.MaxDocumentIdBytes,
    };

    public static CallerInfo Map(Wire.GetCallerResponse wire) => new()
    {
        Name = wire.Caller,
        Role = (KeyRole)wire.Role,
        ModelPatterns = [.. wire.ModelPatterns],
        CorpusPatterns = [.. wire.CorpusPatterns],
        ValidUntil = WireTimes.Time(wire.ExpireTime),
    };
}
