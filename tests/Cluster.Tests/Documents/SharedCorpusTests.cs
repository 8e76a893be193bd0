using Grpc.Core;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Cluster.Tests.Documents;

/// <summary>Members that share the log of a corpus: each acknowledged document exists once, at the same place everywhere.</summary>
public sealed class SharedCorpusTests(PostgresServer postgres)
{
    private const int Writers = 8;
    private const int DocumentsOfWriter = 24;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_8WritersAt3Members_StoresEachDocumentOnceInTheSameOrder()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        await shared.Start("creator").CreateAsync();
        TestMember[] members = [shared.Start("a"), shared.Start("b"), shared.Start("c")];

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(members, writer), Token)));

        string[] first = await members[0].ReadAsync();
        Assert.Equal(first.Distinct(StringComparer.Ordinal), first);
        Assert.Equal(
            Enumerable.Range(0, Writers).SelectMany(Ids).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            first.Order(StringComparer.Ordinal));
        byte[] file = await File.ReadAllBytesAsync(members[0].File, Token);
        foreach (TestMember member in members[1..].Append(shared.Start("late")))
        {
            Assert.Equal(first, await member.ReadAsync());
            Assert.Equal(file, await File.ReadAllBytesAsync(member.File, Token));
        }

        CorpusSummary summary = await members[1].Corpus.DescribeAsync(Token);
        Assert.Equal((first.Length, null), (summary.Documents, summary.Damage));
        Assert.Equal(await members[2].Corpus.OpenAsync(Token), summary);
    }

    [Fact]
    public async Task OpenSession_AtAnotherMember_ContinuesAndEndsTheOlderConnection()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        TestMember b = shared.Start("b");
        (SessionState _, long older) = await a.Corpus.OpenSessionAsync("s", Token);
        await a.Corpus.AppendAsync("s", older, [TestMember.Chunk(0, "d0", "d1")], Token);

        (SessionState state, long newer) = await b.Corpus.OpenSessionAsync("s", Token);
        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(
            () => a.Corpus.AppendAsync("s", older, [TestMember.Chunk(2, "lost")], Token));
        AppendResult result = await b.Corpus.AppendAsync("s", newer, [TestMember.Chunk(1, "d1", "d2")], Token);

        Assert.Equal((StatusCode.Aborted, "SESSION_TAKEN_OVER"), (fault.Code, fault.Reason));
        Assert.Equal((2, 3, 1, 1), (state.NextOffset, result.NextOffset, result.Accepted, result.Duplicates));
        Assert.Equal(["d0", "d1", "d2"], await a.ReadAsync());
        Assert.Equal(3, (await a.Corpus.GetSessionAsync("s", Token)).NextOffset);
    }

    [Fact]
    public async Task OpenSession_AppendOfTheOlderConnectionIsRunning_HasTheFinalOffset()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        TestMember b = shared.Start("b");
        (SessionState _, long older) = await a.Corpus.OpenSessionAsync("s", Token);
        SessionState? opened = null;
        long newer = 0;
        a.Log.At = async step =>
        {
            if (step == LogStep.BeforeAppend && opened is null)
            {
                (opened, newer) = await b.Corpus.OpenSessionAsync("s", Token);
            }
        };

        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(
            () => a.Corpus.AppendAsync("s", older, [TestMember.Chunk(0, "d0")], Token));
        await b.Corpus.AppendAsync("s", newer, [TestMember.Chunk(opened!.NextOffset, "d0")], Token);

        Assert.Equal("SESSION_TAKEN_OVER", fault.Reason);
        Assert.Equal(0, opened.NextOffset);
        Assert.Equal(["d0"], await a.ReadAsync());
    }

    [Theory]
    [InlineData(LogStep.BeforeStore, false)]
    [InlineData(LogStep.AfterStore, false)]
    [InlineData(LogStep.BeforeAppend, false)]
    [InlineData(LogStep.AfterAppend, true)]
    public async Task Append_MemberEndsAtAStep_TheSessionContinuesElsewhere(LogStep step, bool isStored)
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        TestMember b = shared.Start("b");
        await a.AddAsync("s", "d0");
        a.Log.At = at => at == step ? throw new IOException("The member ends.") : Task.CompletedTask;
        await Assert.ThrowsAsync<ServiceException>(() => a.AddAsync("s", "d1", "d2"));
        a.Dispose();

        (SessionState state, long owner) = await b.Corpus.OpenSessionAsync("s", Token);
        string[] rest = isStored ? [] : ["d1", "d2"];
        AppendResult result = await b.Corpus.AppendAsync("s", owner, [TestMember.Chunk(state.NextOffset, [.. rest, "d3"])], Token);

        Assert.Equal(isStored ? 3 : 1, state.NextOffset);
        Assert.Equal(4, result.NextOffset);
        Assert.Equal(["d0", "d1", "d2", "d3"], await b.ReadAsync());
        TestMember restarted = shared.Start("a");
        Assert.Equal(["d0", "d1", "d2", "d3"], await restarted.ReadAsync());
        Assert.Equal(await File.ReadAllBytesAsync(b.File, Token), await File.ReadAllBytesAsync(restarted.File, Token));
    }

    [Fact]
    public async Task Append_StoreFails_IsUnavailableAndAcknowledgesNothing()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember member = shared.Start("a");
        await member.CreateAsync();
        member.Log.At = static step => step == LogStep.BeforeStore
            ? throw new ObjectStoreException(ObjectStoreError.Unavailable, "k", "The store failed.")
            : Task.CompletedTask;

        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(() => member.AddAsync("s", "d0"));
        member.Log.At = static _ => Task.CompletedTask;

        Assert.Equal((StatusCode.Unavailable, "STORAGE_UNAVAILABLE"), (fault.Code, fault.Reason));
        Assert.NotNull(fault.RetryAfter);
        Assert.Empty(await member.ReadAsync());
        Assert.Equal(1, (await member.AddAsync("s", "d0")).Accepted);
    }

    [Fact]
    public async Task Read_StoreFails_IsUnavailableUntilItWorks()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        await a.AddAsync("s", "d0");
        TestMember b = shared.Start("b");
        b.Log.At = static step => step == LogStep.BeforeRead
            ? throw new ObjectStoreException(ObjectStoreError.TimedOut, "k", "The store is slow.")
            : Task.CompletedTask;

        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(b.ReadAsync);
        b.Log.At = static _ => Task.CompletedTask;

        Assert.Equal((StatusCode.Unavailable, "STORAGE_UNAVAILABLE"), (fault.Code, fault.Reason));
        Assert.Equal(["d0"], await b.ReadAsync());
    }

    [Fact]
    public async Task Append_OtherMemberAppendsFirst_IsPlannedAgain()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        TestMember b = shared.Start("b");
        int conflicts = 0;
        a.Log.At = async step =>
        {
            if (step == LogStep.BeforeAppend && conflicts < 3)
            {
                await b.AddAsync("other", FormattableString.Invariant($"o{conflicts++}"));
            }
        };

        // The other member has stored o1 before: it is a duplicate in the second plan.
        AppendResult result = await a.AddAsync("s", "o1", "d0");

        Assert.Equal((2, 1, 1), (result.NextOffset, result.Accepted, result.Duplicates));
        Assert.Equal(["o0", "o1", "o2", "d0"], await a.ReadAsync());
        Assert.Equal(["o0", "o1", "o2", "d0"], await b.ReadAsync());
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("folder")]
    [InlineData("record")]
    [InlineData("header")]
    [InlineData("shorter")]
    [InlineData("torn")]
    public async Task Read_LocalCopyIsDamaged_IsBuiltAgainFromTheLog(string damage)
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        await a.AddAsync("s", "d0", "d1");
        await a.AddAsync("t", "d2");
        TestMember b = shared.Start("b");
        Assert.Equal(["d0", "d1", "d2"], await b.ReadAsync());
        b.Dispose();
        Damage(b, damage);
        await a.AddAsync("s", "d3");

        b = shared.Start("b");

        Assert.Equal(["d0", "d1", "d2", "d3"], await b.ReadAsync());
        Assert.Equal(await File.ReadAllBytesAsync(a.File, Token), await File.ReadAllBytesAsync(b.File, Token));
    }

    [Fact]
    public async Task Read_LocalCopyIsDamagedWhileOpen_IsUnavailableThenBuiltAgain()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        await a.AddAsync("s", "d0", "d1");
        Damage(a, "record");

        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(a.ReadAsync);

        Assert.Equal(StatusCode.Unavailable, fault.Code);
        Assert.Equal(["d0", "d1"], await a.ReadAsync());
        Assert.Equal(1, (await a.AddAsync("s", "d2")).Accepted);
    }

    [Fact]
    public async Task Read_ObjectOfAnEntryIsLost_IsDataLoss()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        await a.AddAsync("s", "d0");
        File.Delete(Path.Combine(shared.Objects, Assert.Single(await shared.KeysAsync())));

        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(shared.Start("b").ReadAsync);

        Assert.Equal(StatusCode.DataLoss, fault.Code);
        Assert.Equal(["d0"], await a.ReadAsync());
    }

    [Fact]
    public async Task OpenSession_LimitIsReachedByOtherMembers_IsRejected()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a", maxSessions: 2);
        await a.CreateAsync();
        TestMember b = shared.Start("b", maxSessions: 2);
        (SessionState _, long owner) = await a.Corpus.OpenSessionAsync("late", Token);
        await b.AddAsync("s1", "d1");
        await b.AddAsync("s2", "d2");

        ServiceException opened = await Assert.ThrowsAsync<ServiceException>(() => a.AddAsync("s3", "d3"));
        ServiceException appended = await Assert.ThrowsAsync<ServiceException>(
            () => a.Corpus.AppendAsync("late", owner, [TestMember.Chunk(0, "d0")], Token));

        Assert.Equal(("LIMIT_REACHED", "LIMIT_REACHED"), (opened.Reason, appended.Reason));
        Assert.Equal(1, (await a.AddAsync("s1", "d4")).Accepted);
    }

    [Fact]
    public async Task Delete_AtAnotherMember_EndsStreamsAndTheCopyOfASuccessorIsItsOwn()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        TestMember b = shared.Start("b");
        await b.AddAsync("s", "old");
        Corpus former = b.Corpus;

        await a.Store.DeleteAsync(TestMember.CorpusId, Token);
        ServiceException fault = await Assert.ThrowsAsync<ServiceException>(() => former.ReadAllAsync(Token));
        await a.CreateAsync();
        await a.AddAsync("s", "new");
        b.Dispose();
        TestMember restarted = shared.Start("b");

        Assert.Equal(StatusCode.NotFound, fault.Code);
        Assert.Equal(["new"], await restarted.ReadAsync());
        Assert.Equal(["new"], await a.ReadAsync());
    }

    [Fact]
    public async Task Recover_CorpusWasDeletedMeanwhile_RemovesTheCopy()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        TestMember b = shared.Start("b");
        await b.AddAsync("s", "d0");
        string copy = b.Folder;
        b.Dispose();
        Assert.True(Directory.Exists(copy));

        await a.Store.DeleteAsync(TestMember.CorpusId, Token);
        shared.Start("b");

        Assert.False(Directory.Exists(copy));
    }

    // Neighbors send some of the same documents; every few chunks the session moves to another member.
    private static string[] Ids(int writer) =>
    [
        .. Enumerable.Range(0, DocumentsOfWriter)
            .Select(index => FormattableString.Invariant($"w{writer + (index % 8 == 0 ? 1 : 0)}-{index}")),
    ];

    private static async Task WriteAsync(TestMember[] members, int writer)
    {
        Random random = new(writer);
        string session = FormattableString.Invariant($"s{writer}");
        string[] ids = Ids(writer);
        long offset = 0;
        while (offset < ids.Length)
        {
            Corpus corpus = members[random.Next(members.Length)].Corpus;
            (SessionState state, long owner) = await corpus.OpenSessionAsync(session, Token);
            Assert.Equal(offset, state.NextOffset);
            for (int chunk = random.Next(1, 4); chunk > 0 && offset < ids.Length; chunk--)
            {
                int count = random.Next(1, 5);
                AppendResult result = await corpus.AppendAsync(
                    session, owner, [TestMember.Chunk(offset, [.. ids.Skip((int)offset).Take(count)])], Token);
                Assert.Empty(result.Rejections);
                offset = result.NextOffset;
            }

            await corpus.CloseSessionAsync(session, owner);
        }
    }

    private static void Damage(TestMember member, string damage)
    {
        if (damage == "folder")
        {
            Directory.Delete(member.Folder, recursive: true);
            return;
        }

        if (damage == "missing")
        {
            File.Delete(member.File);
            return;
        }

        byte[] bytes = File.ReadAllBytes(member.File);
        byte[] damaged = damage switch
        {
            "record" => Flipped(bytes, 4096 + 40),
            "header" => Flipped(bytes, 10),
            "shorter" => bytes[..^5],
            "torn" => [.. bytes, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
            _ => throw new ArgumentOutOfRangeException(nameof(damage)),
        };
        File.WriteAllBytes(member.File, damaged);
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] flipped = [.. bytes];
        flipped[at] ^= 1;
        return flipped;
    }
}
