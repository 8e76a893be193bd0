using Amazon.S3;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.S3;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

/// <summary>The contract on an S3 server of others, which verifies signatures.</summary>
public sealed class SwiftBackendTests : S3Contract, IClassFixture<SwiftServer>, IDisposable
{
    private readonly SwiftServer _server;
    private readonly S3Options _options;
    private readonly AmazonS3Client _client;
    private readonly string _prefix = $"{Guid.NewGuid():n}/";

    public SwiftBackendTests(SwiftServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        _server = server;
        _options = server.Options();
        _client = S3Clients.Create(_options);
    }

    private protected override IObjectBackend Backend => BackendOf(_options.Bucket!);

    private protected override IObjectBackend BackendOf(string bucket) => new S3Backend(_client, bucket, _prefix);

    [Fact]
    public async Task Put_WrongSecret_IsRejectedAndStoresNothing()
    {
        using AmazonS3Client client = S3Clients.Create(_server.Options("wrong"));
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(new S3Backend(client, _options.Bucket!, _prefix), calls);

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("objects/a", [1]));

        Assert.Equal(ObjectStoreError.Rejected, failure.Error);
        Assert.Null(await new ContentStore(Backend, calls).FindLengthAsync("objects/a", Token));
    }

    public void Dispose() => _client.Dispose();
}
