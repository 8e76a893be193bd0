using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Keys;
using TopicGrpc.V1;

namespace TopicGrpc.Cluster.Tests.Metadata;

public abstract partial class MetadataContract
{
    [Fact]
    public void Keys_SavedReplacedAndUsed_AreSoAfterARestart()
    {
        KeyTable table = new(Database);
        KeyRow key = new("k1", Now, [1, 2], new ApiKey { Name = "keys/k1", DisplayName = "First" });
        table.Add(key, limit: 2);
        table.Add(key with { Id = "k2" }, limit: 2);
        KeyRow rotated = key with { SecretHash = [3], PreviousHash = [1, 2], PreviousUntil = Now.AddHours(1), Revoked = Now.AddDays(1) };
        table.TryChange("k1", _ => rotated);
        table.SaveLastUses([("k1", Now.AddMinutes(1)), ("none", Now)]);

        List<KeyRow> rows = [.. new KeyTable(_metadata.Value.Reopen()).List().OrderBy(static row => row.Id, StringComparer.Ordinal)];

        Assert.Throws<ServiceException>(() => new KeyTable(Database).Add(key with { Id = "k3" }, limit: 2));
        Assert.Null(new KeyTable(Database).TryChange("none", static row => row));
        Assert.Equal(["k1", "k2"], rows.Select(static row => row.Id));
        Assert.Equal(rotated.SecretHash, rows[0].SecretHash);
        Assert.Equal(rotated.PreviousHash, rows[0].PreviousHash);
        Assert.Equal((rotated.PreviousUntil, rotated.Revoked), (rows[0].PreviousUntil, rows[0].Revoked));
        Assert.Equal((Now, Now.AddMinutes(1), key.Settings), (rows[0].Created, rows[0].LastUsed, rows[0].Settings));
        Assert.Equal(((byte[]?)null, (DateTimeOffset?)null), (rows[1].PreviousHash, rows[1].LastUsed));
    }
}
