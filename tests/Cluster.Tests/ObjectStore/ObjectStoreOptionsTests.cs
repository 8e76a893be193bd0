using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.ObjectStore.Opening;
using TopicGrpc.Cluster.ObjectStore.S3;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

public sealed class ObjectStoreOptionsTests
{
    public static TheoryData<string, ObjectStoreOptions> Rejected => new()
    {
        { "Folder and S3:Bucket are both set", new ObjectStoreOptions { Folder = "/a", S3 = new S3Options { Bucket = "bucket" } } },
        { "'relative', a relative path", new ObjectStoreOptions { Folder = "relative" } },
        { "set together or not at all", new ObjectStoreOptions { S3 = new S3Options { Bucket = "bucket", AccessKeyId = "id" } } },
        { "Bucket must have 3 to 63", new ObjectStoreOptions { S3 = new S3Options { Bucket = "Bucket" } } },
        { "Prefix must consist of", new ObjectStoreOptions { S3 = new S3Options { Bucket = "bucket", Prefix = "a" } } },
        { "AttemptTimeout", new ObjectStoreOptions { AttemptTimeout = TimeSpan.Zero } },
        { "MaxAttempts", new ObjectStoreOptions { MaxAttempts = 0 } },
        { "MaxParallelCalls", new ObjectStoreOptions { MaxParallelCalls = 257 } },
    };

    [Theory]
    [MemberData(nameof(Rejected), DisableDiscoveryEnumeration = true)]
    public void Validate_InvalidOptions_NamesTheOption(string cause, ObjectStoreOptions options)
    {
        ValidateOptionsResult result = new ObjectStoreOptionsValidator().Validate(null, options);

        Assert.True(result.Failed);
        Assert.Contains(cause, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Defaults_Succeeds() =>
        Assert.True(new ObjectStoreOptionsValidator().Validate(null, new ObjectStoreOptions()).Succeeded);

    [Fact]
    public void Open_NoStore_IsRejected() => Assert.Throws<InvalidOperationException>(
        () => new OpenedObjectStore(new ObjectStoreOptions(), DiskStorage.Instance, TimeProvider.System));

    [Fact]
    public async Task Open_Folder_KeepsItsObjectsForTheNextMember()
    {
        using TempFolder folder = new();
        ObjectStoreOptions options = new() { Folder = folder.At("store") };
        using OpenedObjectStore first = new(options, DiskStorage.Instance, TimeProvider.System);
        await first.Contents.PutAsync("objects/a", [1, 2, 3]);

        using OpenedObjectStore second = new(options, DiskStorage.Instance, TimeProvider.System);

        await second.Contents.VerifyAsync("objects/a", Samples.Describe([1, 2, 3]), TestContext.Current.CancellationToken);
    }
}
