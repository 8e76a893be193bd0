using System.Text;
using Grpc.Core;
using TopicGrpc.Cluster.Assignments;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Folders;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Cluster.Tests.Assignments;

/// <summary>Blocks of assignments: members add, read, remove and sweep them at the same time.</summary>
public sealed class SharedAssignmentsTests : IAsyncLifetime
{
    private static readonly AssignmentName Name = new("news", "m", 1);

    private readonly PostgresServer _postgres;
    private readonly StoreCalls _calls = Samples.Calls();
    private readonly ContentStore _contents;
    private AssignmentMember _one = null!;
    private AssignmentMember _two = null!;

    public SharedAssignmentsTests(PostgresServer postgres)
    {
        _postgres = postgres;
        _contents = new ContentStore(new FolderBackend("/store", new MemoryStorage()), _calls);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string connectionString = _postgres.CreateDatabase();
        _one = await AssignmentMember.StartAsync(connectionString, "one", _contents);
        _two = await AssignmentMember.StartAsync(connectionString, "two", _contents);
        _one.Jobs.Database.Write(static connection =>
            connection.Execute("INSERT INTO corpora (id, display_name, created, request_id) VALUES ('news', '', 0, '')")
            + connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 0, 1)")
            + connection.Execute("INSERT INTO versions (model, number, version_message) VALUES ('m', 1, '')"));
    }

    [Fact]
    public async Task TryAppend_ByRunsOfTwoMembers_EachDocumentIsStoredOnce()
    {
        IAssignmentWriter first = await OpenAsync(_one);
        IAssignmentWriter second = await OpenAsync(_two);
        List<string> seen = [];

        Assert.True(await first.TryAppendAsync(Block("a", "b"), Token));
        Assert.False(await second.TryAppendAsync(Block("a", "b"), Token));
        await second.CatchUpAsync(document => seen.Add(document.Id), Token);
        Assert.True(await second.TryAppendAsync(Block("c"), Token));
        Assert.False(await first.TryAppendAsync(Block("c"), Token));
        await first.CatchUpAsync(document => seen.Add(document.Id), Token);
        Assert.True(await first.TryAppendAsync(Block("d"), Token));

        Assert.Equal(["a", "b", "c"], seen);
        Assert.Equal(["a", "b", "c", "d"], await _two.ReadAsync(Name));
    }

    [Fact]
    public async Task TryAppend_ManyRunsAtOnce_EachDocumentIsStoredOnce()
    {
        string[] ids = [.. Enumerable.Range(0, 12).Select(static index => FormattableString.Invariant($"d{index:00}"))];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(index => AppendAllAsync(index % 2 == 0 ? _one : _two, ids)));

        Assert.Equal(ids, (await _one.ReadAsync(Name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task TryAppend_RunLostItsJob_StoresNothing()
    {
        FitJob job = _one.Begin();
        IAssignmentWriter lost = _one.Store.OpenWriter(Name, job);
        Assert.True(await lost.TryAppendAsync(Block("a"), Token));
        _one.Jobs.Fits.Requeue(job, countsAttempt: true);
        FitJob next = _two.Jobs.Fits.TryBegin()!;

        await Assert.ThrowsAsync<ClaimLostException>(() => lost.TryAppendAsync(Block("b"), Token));

        Assert.Equal(["a"], await _two.ReadAsync(Name));
        IAssignmentWriter writer = _two.Store.OpenWriter(Name, next);
        await writer.CatchUpAsync(static _ => { }, Token);
        Assert.True(await writer.TryAppendAsync(Block("b"), Token));
        Assert.Equal(["a", "b"], await _two.ReadAsync(Name));

        // The object of the run that was lost.
        Assert.Equal(1, await _one.Sweep.RunAsync(AssignmentKeys.Prefix, Token));
        Assert.Equal(["a", "b"], await _one.ReadAsync(Name));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 100)]
    [InlineData(3, 2)]
    [InlineData(4, 100)]
    [InlineData(15, 4)]
    [InlineData(20, 100)]
    public async Task Visit_PartOfManyBlocks_HasItsDocuments(int first, int count)
    {
        IAssignmentWriter writer = await OpenAsync(_one);
        string[] ids = [.. Enumerable.Range(0, 20).Select(static index => FormattableString.Invariant($"d{index:00}"))];
        foreach (string[] block in ids.Chunk(2))
        {
            Assert.True(await writer.TryAppendAsync(Block(block), Token));
        }

        Assert.Equal(ids.Skip(first).Take(count), await _two.ReadAsync(Name, first, count));
    }

    [Fact]
    public async Task RemoveDocuments_OfSomeBlocks_AreInNoObject()
    {
        IAssignmentWriter writer = await OpenAsync(_one);
        await writer.TryAppendAsync(Block("secret-1", "b"), Token);
        await writer.TryAppendAsync(Block("c"), Token);
        await writer.TryAppendAsync(Block("secret-2"), Token);

        await _two.Store.RemoveDocumentsAsync("news", new HashSet<string>(["secret-1", "secret-2"]), Token);

        Assert.Equal(["b", "c"], await _one.ReadAsync(Name));
        Assert.Equal(2, (await _contents.KeysAsync(AssignmentKeys.Prefix)).Count);
        Assert.False(await ContainsAsync("secret"));

        // The run had seen the removed documents.
        Assert.False(await writer.TryAppendAsync(Block("d"), Token));
        await writer.CatchUpAsync(static _ => { }, Token);
        Assert.True(await writer.TryAppendAsync(Block("d"), Token));
        Assert.Equal(["b", "c", "d"], await _two.ReadAsync(Name));
    }

    [Fact]
    public async Task RemoveDocuments_BlockIsWrittenMeanwhile_ItTakesNoEffectAndIsDeleted()
    {
        IAssignmentWriter writer = await OpenAsync(_one);
        await writer.TryAppendAsync(Block("a"), Token);
        SharedAssignment assignment = _one.Jobs.Database.Read(static connection => AssignmentTable.Find(connection, Name))!;
        await _one.Blocks.WriteAsync(assignment.Id, change: 2, number: 2, Block("secret"), Token);

        Assert.Equal(0, await _two.Sweep.RunAsync(AssignmentKeys.Prefix, Token));
        Assert.True(await ContainsAsync("secret"));
        await _two.Store.RemoveDocumentsAsync("news", new HashSet<string>(["secret"]), Token);

        Assert.False(await ContainsAsync("secret"));
        Assert.Equal(["a"], await _one.ReadAsync(Name));
    }

    [Theory]
    [InlineData("DELETE FROM corpora")]
    [InlineData("DELETE FROM versions")]
    public async Task Sweep_CorpusOrVersionIsDeleted_DeletesTheObjects(string deletion)
    {
        IAssignmentWriter writer = await OpenAsync(_one);
        await writer.TryAppendAsync(Block("a"), Token);
        await writer.TryAppendAsync(Block("b"), Token);
        Assert.Equal(0, await _two.Sweep.RunAsync(AssignmentKeys.Prefix, Token));

        _two.Jobs.Database.Write(connection => connection.Execute(deletion));

        Assert.False(await _one.Store.ExistsAsync(Name, Token));
        Assert.Empty(await _one.ReadAsync(Name));
        Assert.Equal(2, await _two.Sweep.RunAsync(AssignmentKeys.Prefix, Token));
        ServiceException gone = await Assert.ThrowsAsync<ServiceException>(() => writer.TryAppendAsync(Block("c"), Token));
        Assert.Equal(StatusCode.NotFound, gone.Code);
    }

    [Fact]
    public async Task CatchUp_ABlockIsLost_ItsDocumentsAreAssignedAgain()
    {
        IAssignmentWriter writer = await OpenAsync(_one);
        await writer.TryAppendAsync(Block("a"), Token);
        await writer.TryAppendAsync(Block("b"), Token);
        await writer.TryAppendAsync(Block("c"), Token);
        await _contents.DeleteAsync((await _contents.KeysAsync(AssignmentKeys.Prefix))[1], Token);

        ServiceException lost = await Assert.ThrowsAsync<ServiceException>(() => _two.ReadAsync(Name));
        List<string> problems = [];
        long bytes = await Task.Run(() => _two.Store.Verify("news", problems.Add, Token), Token);
        List<string> seen = [];
        IAssignmentWriter again = _two.Store.OpenWriter(Name, _two.Begin());
        await again.CatchUpAsync(document => seen.Add(document.Id), Token);
        Assert.True(await again.TryAppendAsync(Block("b"), Token));

        Assert.Equal(StatusCode.DataLoss, lost.Code);
        Assert.Contains("AssignCorpus", lost.Message, StringComparison.Ordinal);
        Assert.Single(problems);
        Assert.True(bytes > 0);
        Assert.Equal(["a", "c"], seen);
        Assert.Equal(["a", "c", "b"], await _one.ReadAsync(Name));
    }

    public ValueTask DisposeAsync()
    {
        _one?.Dispose();
        _two?.Dispose();
        _calls.Dispose();
        return ValueTask.CompletedTask;
    }

    private static ReadOnlyMemory<AssignedDocument> Block(params string[] ids) =>
        ids.Select(static id => new AssignedDocument(id, 1, 0.5f)).ToArray();

    private static async Task<IAssignmentWriter> OpenAsync(AssignmentMember member)
    {
        IAssignmentWriter writer = member.Store.OpenWriter(Name, member.Begin());
        await writer.CatchUpAsync(static _ => { }, Token);
        return writer;
    }

    private static async Task AppendAllAsync(AssignmentMember member, string[] ids)
    {
        FitJob job;
        lock (member)
        {
            job = member.Begin();
        }

        IAssignmentWriter writer = member.Store.OpenWriter(Name, job);
        HashSet<string> assigned = new(StringComparer.Ordinal);
        await writer.CatchUpAsync(document => assigned.Add(document.Id), Token);
        while (ids.FirstOrDefault(id => !assigned.Contains(id)) is { } next)
        {
            if (await writer.TryAppendAsync(Block(next), Token))
            {
                assigned.Add(next);
            }
            else
            {
                await writer.CatchUpAsync(document => assigned.Add(document.Id), Token);
            }
        }
    }

    private async Task<bool> ContainsAsync(string text)
    {
        foreach (StoredObject found in (await _contents.ListAsync(AssignmentKeys.Prefix, null, 1000, Token)).Objects)
        {
            byte[] bytes = await _contents.ReadSealedAsync(found.Key, (int)found.Length, Token);
            if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
