using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Access;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Quota = TopicGrpc.Server.Access.Quota;

namespace TopicGrpc.Server.Keys;

/// <summary>Maps keys to the contract.</summary>
internal static class KeyMapping
{
    public static ApiKey ToProto(KeyEntry entry)
    {
        KeyRow row = entry.Row;
        ApiKey key = row.Settings.Clone();
        key.Name = ResourceNames.Key(row.Id);
        key.CreateTime = Timestamp.FromDateTimeOffset(row.Created);
        key.LastUseTime = ToProto(entry.LastUsed);
        key.RevokeTime = ToProto(row.Revoked);
        key.OverlapEndTime = ToProto(row.PreviousUntil);
        return key;
    }

    /// <summary>Returns a copy with only the fields that a client sets.</summary>
    public static ApiKey SettingsOf(ApiKey key) => new()
    {
        DisplayName = key.DisplayName,
        Role = key.Role,
        ModelPatterns = { key.ModelPatterns },
        CorpusPatterns = { key.CorpusPatterns },
        Quota = key.Quota,
        ExpireTime = key.ExpireTime,
    };

    public static Grant GrantOf(ApiKey key) => new(key.Role, PatternsOf(key.ModelPatterns), PatternsOf(key.CorpusPatterns));

    public static Quota QuotaOf(V1.Quota? quota) => quota is null
        ? Quota.None
        : new(quota.CallsPerSecond, quota.TokensPerSecond, quota.Fits, quota.Documents, quota.TextBytes, quota.Streams);

    private static NamePatterns PatternsOf(RepeatedField<string> patterns) =>
        patterns.Count == 0 ? NamePatterns.All : new NamePatterns(patterns);

    private static Timestamp? ToProto(DateTimeOffset? time) => time is { } given ? Timestamp.FromDateTimeOffset(given) : null;
}
