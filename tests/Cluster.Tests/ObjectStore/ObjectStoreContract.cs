using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Tests.ObjectStore;

/// <summary>What every store of objects must do.</summary>
public abstract class ObjectStoreContract
{
    private const int Block = ContentLayout.BlockBytes;
    private const int Part = ContentLayout.PartBytes;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract IObjectBackend Backend { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Block)]
    [InlineData(Block + 1)]
    [InlineData(Part)]
    [InlineData(Part + 1)]
    [InlineData((2 * Part) + (3 * Block) + 7)]
    public async Task Put_Content_IsReadBack(int length)
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(length);

        await store.PutAsync("objects/a", bytes);

        Assert.Equal(bytes, await store.ReadAllAsync("objects/a", Samples.Describe(bytes), length, Token));
        Assert.Equal(length, await store.FindLengthAsync("objects/a", Token));
        Assert.Empty(await store.ListUnfinishedAsync("objects/", Token));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(Block - 1, 2)]
    [InlineData(Block, Block)]
    [InlineData(Part - 3, 6)]
    [InlineData((2 * Block) + 5, (3 * Block) - 9)]
    [InlineData(Part + 99, 1)]
    public async Task Read_Range_ReturnsItsBytes(int offset, int count)
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(Part + 100);
        await store.PutAsync("objects/a", bytes);

        byte[] read = await store.ReadAsync("objects/a", Samples.Describe(bytes), offset, count, Token);

        Assert.Equal(bytes[offset..(offset + count)], read);
    }

    [Fact]
    public async Task Read_RangeBeyondTheEnd_IsRejected()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(10);
        await store.PutAsync("objects/a", bytes);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => store.ReadAsync("objects/a", Samples.Describe(bytes), 5, 6, Token));
    }

    [Fact]
    public async Task Read_MissingObject_FailsAsMissing()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(10);

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(
            () => store.ReadAsync("objects/none", Samples.Describe(bytes), 0, 10, Token));

        Assert.Equal(ObjectStoreError.Missing, failure.Error);
        Assert.Null(await store.FindLengthAsync("objects/none", Token));
    }

    [Fact]
    public async Task Read_OtherBytesThanDescribed_FailsAsDamaged()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(3 * Block);
        ContentDescriptor descriptor = Samples.Describe(bytes);
        bytes[(2 * Block) + 5] ^= 1;
        await store.PutAsync("objects/a", bytes);

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(
            () => store.ReadAsync("objects/a", descriptor, 2 * Block, 1, Token));

        Assert.Equal(ObjectStoreError.Damaged, failure.Error);
        Assert.Single(await store.ReadAsync("objects/a", descriptor, Block, 1, Token));
    }

    [Fact]
    public async Task Put_DamagedObject_IsReplaced()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(Block + 5);
        byte[] damaged = [.. bytes];
        damaged[Block] ^= 1;
        await store.PutAsync("objects/a", damaged);

        await store.PutAsync("objects/a", bytes);

        await store.VerifyAsync("objects/a", Samples.Describe(bytes), Token);
    }

    [Fact]
    public async Task Put_ContentDiffersFromDescriptor_IsRejectedAndLeavesNothing()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(Part + 5);
        ContentDescriptor descriptor = Samples.Describe(bytes);
        bytes[^1] ^= 1;

        await Assert.ThrowsAsync<InvalidDataException>(() => store.PutAsync("objects/a", new BytesContent(bytes), descriptor, Token));

        Assert.Null(await store.FindLengthAsync("objects/a", Token));
        Assert.Empty(await store.ListUnfinishedAsync("", Token));
    }

    [Fact]
    public async Task Put_32WritersOfOneKey_LeaveOneIntactObject()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        byte[] bytes = Samples.Bytes(70_000);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => store.PutAsync("objects/a", bytes)));

        await store.VerifyAsync("objects/a", Samples.Describe(bytes), Token);
        Assert.Single((await store.ListAsync("objects/", null, 10, Token)).Objects);
        Assert.Empty(await store.ListUnfinishedAsync("", Token));
    }

    [Fact]
    public async Task List_ManyObjects_ComesInPagesInOrder()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        string[] keys = [.. Enumerable.Range(0, 7).Select(static index => $"objects/{index % 3}/{index}")];
        foreach (string key in keys.Append("other/0").Append("objects-0"))
        {
            await store.PutAsync(key, [1, 2, 3]);
        }

        List<string> listed = [];
        int pages = 0;
        string? after = null;
        do
        {
            ObjectPage page = await store.ListAsync("objects/", after, 3, Token);
            Assert.All(page.Objects, static found => Assert.Equal(3, found.Length));
            listed.AddRange(page.Objects.Select(static found => found.Key));
            after = page.Next;
            pages++;
        }
        while (after is not null);

        Assert.Equal(keys.Order(StringComparer.Ordinal), listed);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task Delete_Object_IsGoneAndDeletedAgainWithoutError()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        await store.PutAsync("objects/a", [1]);

        await store.DeleteAsync("objects/a", Token);
        await store.DeleteAsync("objects/a", Token);

        Assert.Null(await store.FindLengthAsync("objects/a", Token));
        Assert.Empty((await store.ListAsync("", null, 10, Token)).Objects);
    }

    [Fact]
    public async Task ListUnfinished_UploadOfADeadMember_IsListedAndAborted()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);

        // Not disposed, as if its process had ended.
        IObjectUpload upload = await Backend.BeginAsync("objects/a", Part + 1, Token);
        await upload.WritePartAsync(0, Samples.Bytes(Part), Token);

        UnfinishedUpload unfinished = Assert.Single(await store.ListUnfinishedAsync("objects/", Token));
        Assert.Equal("objects/a", unfinished.Key);
        Assert.Empty((await store.ListAsync("", null, 10, Token)).Objects);
        await store.AbortAsync(unfinished, Token);
        await store.AbortAsync(unfinished, Token);
        Assert.Empty(await store.ListUnfinishedAsync("objects/", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("../a")]
    [InlineData("A")]
    [InlineData("a.upload-1")]
    public async Task Put_InvalidKey_IsRejected(string key)
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);

        await Assert.ThrowsAsync<ArgumentException>(() => store.PutAsync(key, [1]));
    }

    [Fact]
    public async Task Read_Canceled_Ends()
    {
        using StoreCalls calls = Samples.Calls();
        ContentStore store = new(Backend, calls);
        await store.PutAsync("objects/a", [1]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.ReadAsync("objects/a", Samples.Describe([1]), 0, 1, new CancellationToken(canceled: true)));
    }
}
