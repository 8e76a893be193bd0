using Amazon.S3;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.S3;
using TopicGrpc.Testing.ObjectStore;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

/// <summary>The contract over the S3 protocol, and faults of the server.</summary>
public sealed class S3BackendTests : S3Contract, IAsyncLifetime
{
    private const int TwoParts = ContentLayout.PartBytes + 100;

    private AmazonS3Client _client = null!;
    private S3Stub _stub = null!;

    private protected override IObjectBackend Backend => BackendOf(S3Stub.Bucket);

    private protected override IObjectBackend BackendOf(string bucket) => new S3Backend(_client, bucket, "cluster/");

    public async ValueTask InitializeAsync()
    {
        _stub = await S3Stub.StartAsync(TestContext.Current.CancellationToken);
        _client = S3Clients.Create(_stub.Options());
    }

    [Theory]
    [InlineData("PUT", nameof(S3Fault.Unavailable), 100)]
    [InlineData("PUT", nameof(S3Fault.FailAfterStoring), 100)]
    [InlineData("PUT", nameof(S3Fault.Cut), 100)]
    [InlineData("PUT", nameof(S3Fault.Alter), 100)]
    [InlineData("PUT", nameof(S3Fault.Unavailable), TwoParts)]
    [InlineData("PUT", nameof(S3Fault.FailAfterStoring), TwoParts)]
    [InlineData("PUT", nameof(S3Fault.Cut), TwoParts)]
    [InlineData("PUT", nameof(S3Fault.Alter), TwoParts)]
    [InlineData("POST", nameof(S3Fault.Unavailable), TwoParts)]
    [InlineData("POST", nameof(S3Fault.FailAfterStoring), TwoParts)]
    [InlineData("POST", nameof(S3Fault.Cut), TwoParts)]
    [InlineData("GET", nameof(S3Fault.Unavailable), TwoParts)]
    [InlineData("GET", nameof(S3Fault.Cut), TwoParts)]
    [InlineData("GET", nameof(S3Fault.Alter), TwoParts)]
    [InlineData("HEAD", nameof(S3Fault.Unavailable), 100)]
    [InlineData("HEAD", nameof(S3Fault.Cut), 100)]
    public async Task Put_ServerFailsOnce_LeavesAnIntactObjectAndNoUpload(string method, string fault, int length)
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(length);
        _stub.Fail(method, Enum.Parse<S3Fault>(fault));

        await store.PutAsync("objects/a", bytes);

        await store.VerifyAsync("objects/a", Samples.Describe(bytes), Token);
        foreach (UnfinishedUpload upload in await store.ListUnfinishedAsync("", Token))
        {
            // The answer to the begin was lost, so only the sweep can find the upload.
            Assert.Equal(("POST", "objects/a"), (method, upload.Key));
        }
    }

    [Fact]
    public async Task Put_CompletionIsStoredAndItsAnswerLost_IsNotUploadedAgain()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(TwoParts);
        await using IObjectUpload upload = await Backend.BeginAsync("objects/a", TwoParts, Token);
        await upload.WritePartAsync(0, bytes.AsMemory(0, ContentLayout.PartBytes), Token);
        await upload.WritePartAsync(1, bytes.AsMemory(ContentLayout.PartBytes), Token);
        _stub.Fail("POST", S3Fault.FailAfterStoring);
        await Assert.ThrowsAsync<ObjectStoreException>(() => upload.CompleteAsync(Token));
        int before = _stub.Requests;

        await store.PutAsync("objects/a", bytes);

        // One HEAD and one GET for each part.
        Assert.Equal(3, _stub.Requests - before);
    }

    [Fact]
    public async Task Put_ServerRejects_FailsAtOnceWithTheReason()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        _stub.Fail("PUT", S3Fault.Reject);

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("objects/a", [1]));

        Assert.Equal(ObjectStoreError.Rejected, failure.Error);
        Assert.Contains("AccessDenied", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, _stub.Requests);
    }

    [Fact]
    public async Task Put_ServerStaysAway_FailsAsUnavailableAfterAllAttempts()
    {
        using StoreCalls calls = Samples.Calls(attempts: 2);
        ContentStore store = new(Backend, calls);
        _stub.Fail("HEAD", S3Fault.Unavailable, S3Fault.Unavailable, S3Fault.Unavailable, S3Fault.Unavailable);

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("objects/a", [1]));

        Assert.Equal(ObjectStoreError.Unavailable, failure.Error);
    }

    [Fact]
    public async Task Put_ServerIsNotThere_FailsAsUnavailable()
    {
        using StoreCalls calls = Samples.Calls(attempts: 2);
        ContentStore store = new(Backend, calls);
        await _stub.DisposeAsync();

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("objects/a", [1]));

        Assert.Equal(ObjectStoreError.Unavailable, failure.Error);
    }

    [Fact]
    public async Task Read_AlteredAtEveryAttempt_FailsAsDamagedAndReturnsNothing()
    {
        using StoreCalls calls = Samples.Calls(attempts: 2);
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(1000);
        await store.PutAsync("objects/a", bytes);
        _stub.Fail("GET", S3Fault.Alter, S3Fault.Alter);

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(
            () => store.ReadAsync("objects/a", Samples.Describe(bytes), 0, 1000, Token));

        Assert.Equal(ObjectStoreError.Damaged, failure.Error);
    }

    [Fact]
    public async Task Read_ServerDoesNotAnswer_TimesOutAndTheNextAttemptSucceeds()
    {
        FakeTimeProvider clock = new();
        using StoreCalls calls = Samples.Calls(timeout: TimeSpan.FromSeconds(30), clock: clock);
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(1000);
        await store.PutAsync("objects/a", bytes);
        int before = _stub.Requests;
        _stub.Fail("GET", S3Fault.Hang);

        Task<byte[]> read = store.ReadAsync("objects/a", Samples.Describe(bytes), 0, 1000, Token);
        while (_stub.Requests == before)
        {
            await Task.Yield();
        }

        Assert.False(read.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(bytes, await read);
    }

    [Fact]
    public async Task Read_ServerNeverAnswers_FailsAsTimedOut()
    {
        FakeTimeProvider clock = new();
        using StoreCalls calls = Samples.Calls(attempts: 1, timeout: TimeSpan.FromSeconds(30), clock: clock);
        ContentStore store = new(Backend, calls);
        int before = _stub.Requests;
        _stub.Fail("GET", S3Fault.Hang);

        Task<ObjectPage> list = store.ListAsync("", null, 10, Token);
        while (_stub.Requests == before)
        {
            await Task.Yield();
        }

        clock.Advance(TimeSpan.FromSeconds(30));
        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(() => list);
        Assert.Equal(ObjectStoreError.TimedOut, failure.Error);
        Assert.Contains("30 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_UnknownKeyId_IsRejected()
    {
        using AmazonS3Client client = S3Clients.Create(_stub.Options("other"));
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(new S3Backend(client, S3Stub.Bucket, ""), calls);

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("objects/a", [1]));

        Assert.Equal(ObjectStoreError.Rejected, failure.Error);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _stub.DisposeAsync();
    }
}
