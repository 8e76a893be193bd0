using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

/// <summary>What every store of objects must do, and what a server of the S3 protocol must do in addition.</summary>
public abstract class S3Contract : ObjectStoreContract
{
    [Fact]
    public async Task Read_UnknownBucket_IsRejectedAndNotMissing()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(BackendOf("other"), calls);

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(
            () => store.ReadAsync("objects/a", Samples.Describe([1]), 0, 1, Token));

        Assert.Equal(ObjectStoreError.Rejected, failure.Error);
    }

    private protected abstract IObjectBackend BackendOf(string bucket);
}
