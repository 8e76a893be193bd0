using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Keys;

/// <summary>Maps keys to the contract and back.</summary>
internal static class KeyMapping
{
    public static Wire.ApiKey Map(KeySettings settings) => new()
    {
        DisplayName = settings.DisplayName,
        Role = (Wire.Role)settings.Role,
        ModelPatterns = { settings.ModelPatterns },
        CorpusPatterns = { settings.CorpusPatterns },
        Quota = new Wire.Quota
        {
            CallsPerSecond = settings.Quota.CallsPerSecond,
            TokensPerSecond = settings.Quota.TokensPerSecond,
            Fits = settings.Quota.Fits,
            Documents = settings.Quota.Documents,
            TextBytes = settings.Quota.TextBytes,
            Streams = settings.Quota.Streams,
        },
        ExpireTime = settings.Expires is { } expires ? Timestamp.FromDateTimeOffset(expires) : null,
    };

    public static ApiKeyInfo Map(Wire.ApiKey key) => new()
    {
        Name = WireNames.Id(key.Name),
        Settings = new KeySettings
        {
            DisplayName = key.DisplayName,
            Role = (KeyRole)key.Role,
            ModelPatterns = [.. key.ModelPatterns],
            CorpusPatterns = [.. key.CorpusPatterns],
            Quota = Map(key.Quota ?? new Wire.Quota()),
            Expires = WireTimes.Time(key.ExpireTime),
        },
        Created = WireTimes.Time(key.CreateTime),
        LastUsed = WireTimes.Time(key.LastUseTime),
        Revoked = WireTimes.Time(key.RevokeTime),
        OverlapEnd = WireTimes.Time(key.OverlapEndTime),
    };

    private static KeyQuota Map(Wire.Quota quota) => new()
    {
        CallsPerSecond = quota.CallsPerSecond,
        TokensPerSecond = quota.TokensPerSecond,
        Fits = quota.Fits,
        Documents = quota.Documents,
        TextBytes = quota.TextBytes,
        Streams = quota.Streams,
    };
}
