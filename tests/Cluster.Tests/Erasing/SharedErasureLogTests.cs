using System.Text;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Cluster.Erasing;
using TopicGrpc.Cluster.Tests.Documents;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Cluster.Tests.Erasing;

/// <summary>
/// Erasures in the log that members share: hidden at once everywhere, then removed from every object and copy. A member that ends at any
/// step is continued by another one, and every other document stays exactly once.
/// </summary>
public sealed class SharedErasureLogTests(PostgresServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hide_AtOneMember_HidesTheDocumentAtAllWithTheSameBytes()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);
        await b.ReadAsync();

        await a.EraseAsync("d2", "d5");
        await b.AddAsync("t", "d2", "d9");

        string[] expected = ["d0", "d1", "d3", "d4", "d6", "d7", "d2", "d9"];
        Assert.Equal(expected, await a.ReadAsync());
        Assert.Equal(expected, await b.ReadAsync());
        TestMember late = shared.Start("late");
        Assert.Equal(expected, await late.ReadAsync());
        await AssertSameFilesAsync(a, b, late);
        CorpusSummary summary = await b.Corpus.DescribeAsync(Token);
        Assert.Equal(8, summary.Documents);
        Assert.Equal(summary.TextBytes, (await a.Corpus.OpenAsync(Token)).TextBytes);
        Assert.Equal(summary.TextBytes, (await late.Corpus.OpenAsync(Token)).TextBytes);
    }

    [Fact]
    public async Task Hide_DocumentIsSentAgainMeanwhile_ItIsStoredAsANewDocument()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);
        bool hasErased = false;
        b.Log.At = async step =>
        {
            // The append was planned as a duplicate, which it is no more.
            if (step == LogStep.BeforeAppend && !hasErased)
            {
                hasErased = true;
                await a.EraseAsync("d3");
            }
        };

        AppendResult result = await b.AddAsync("t", "d3", "d9");

        Assert.Equal((2, 0), (result.Accepted, result.Duplicates));
        Assert.Equal(["d0", "d1", "d2", "d4", "d5", "d6", "d7", "d3", "d9"], await a.ReadAsync());
    }

    [Fact]
    public async Task Hide_AtTwoMembersAtOnce_EachDocumentIsErasedOnce()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);

        ErasureRow[] rows = await Task.WhenAll(
            Task.Run(() => a.EraseAsync("d1", "d2"), Token), Task.Run(() => b.EraseAsync("d2", "d3"), Token));

        Assert.Equal(3, rows.SelectMany(static row => row.Places).Distinct().Count());
        Assert.Equal(3, rows.Sum(static row => row.Places.Length));
        Assert.Equal(5, (await b.Corpus.DescribeAsync(Token)).Documents);
        Assert.Equal(await a.ReadAsync(), await b.ReadAsync());
    }

    [Fact]
    public async Task Rewrite_ErasedDocuments_NoObjectAndNoCopyHasTheirTexts()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);
        await b.ReadAsync();
        ErasureRow row = await a.EraseAsync("d2", "d5");
        await b.AddAsync("t", "d8");
        Assert.Contains("text of d2", await TextsAsync(shared), StringComparison.Ordinal);

        Assert.True(await RewriteAsync(shared, row));
        await new RecordSweep(shared.Contents, shared.Database).RunAsync(Token);

        string[] expected = ["d0", "d1", "d3", "d4", "d6", "d7", "d8"];
        Assert.Equal(expected, await a.ReadAsync());
        Assert.Equal(expected, await b.ReadAsync());
        TestMember late = shared.Start("late");
        Assert.Equal(expected, await late.ReadAsync());
        await AssertSameFilesAsync(a, b, late);
        string texts = await TextsAsync(shared) + Encoding.Latin1.GetString(await File.ReadAllBytesAsync(a.File, Token));
        Assert.All(["text of d2", "text of d5"], text => Assert.DoesNotContain(text, texts, StringComparison.Ordinal));
        Assert.All(expected, id => Assert.Contains("text of " + id, texts, StringComparison.Ordinal));
        Assert.Equal(1, (await a.Corpus.GetSessionAsync("t", Token)).NextOffset);
        Assert.Equal(1, (await a.AddAsync("t", "d2")).Accepted);
        Assert.Equal(expected.Append("d2"), await b.ReadAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public async Task Rewrite_MemberKnowsAllErasures_CompactsItsCopyToTheBytesOfTheLog(int entries)
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        TestMember b = shared.Start("b");
        for (int entry = 1; entry < entries; entry++)
        {
            await a.AddAsync("s", FormattableString.Invariant($"d{entry}"), FormattableString.Invariant($"e{entry}"));
        }

        await a.AddAsync("s", "last", "canary");
        await b.ReadAsync();
        ErasureRow[] rows = [await a.EraseAsync("canary"), await a.EraseAsync("d1", "e2", "last")];
        await b.Erasures.RefreshAsync(null, Token);
        Assert.True(await RewriteAsync(shared, rows));
        await new RecordSweep(shared.Contents, shared.Database).RunAsync(Token);
        int reads = 0;
        b.Log.At = step =>
        {
            reads += step == LogStep.BeforeRead ? 1 : 0;
            return Task.CompletedTask;
        };

        string[] documents = await b.ReadAsync();

        // It was behind by the entries of the erasures alone.
        Assert.Equal(rows.Length, reads);
        Assert.DoesNotContain("canary", documents);
        await AssertSameFilesAsync(b, a, shared.Start("late"));
        await b.AddAsync("t", "canary");
        Assert.Equal([.. documents, "canary"], (IEnumerable<string>)await a.ReadAsync());
        await AssertSameFilesAsync(b, a);
    }

    [Fact]
    public async Task Rewrite_MemberKnowsOneOfTwoErasures_BuildsItsCopyAgain()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);
        await b.ReadAsync();
        ErasureRow first = await a.EraseAsync("d1");
        await b.Erasures.RefreshAsync(null, Token);
        ErasureRow second = await a.EraseAsync("d6");
        Assert.True(await RewriteAsync(shared, first, second));

        Assert.Equal(["d0", "d2", "d3", "d4", "d5", "d7"], await b.ReadAsync());
        await AssertSameFilesAsync(a, b);
    }

    [Fact]
    public async Task Rewrite_MemberEndsBeforeTheExchange_AnotherOneContinuesAndNoSweepDeletesItsObjects()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);
        ErasureRow row = await a.EraseAsync("d0", "d7");
        await Rewrite(shared, a).StageAsync(row.Corpus, row.FileId, row.Places, Token);
        int objects = (await shared.KeysAsync()).Length;
        string[] before = await b.ReadAsync();

        // The log is far beyond the window of the new objects.
        for (int append = 0; append <= RecordKeys.Window; append++)
        {
            await b.AddAsync("more", FormattableString.Invariant($"m{append}"));
        }

        Assert.Equal(0, await new RecordSweep(shared.Contents, shared.Database).RunAsync(Token));
        string[] staged = await shared.KeysAsync();
        Assert.True(await RewriteAsync(shared, row));

        Assert.Equal(objects + RecordKeys.Window + 1, staged.Length);
        Assert.Equal(staged, await shared.KeysAsync());
        Assert.Equal(2, await new RecordSweep(shared.Contents, shared.Database).RunAsync(Token));
        Assert.Equal(before, (await a.ReadAsync()).Take(before.Length));
        Assert.Equal(await a.ReadAsync(), await shared.Start("late").ReadAsync());
        Assert.DoesNotContain("text of d7", await TextsAsync(shared), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_FurtherDocumentIsErasedMeanwhile_ChangesNothingAndIncludesItNextTime()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);
        ErasureRow first = await a.EraseAsync("d1");
        await Rewrite(shared, a).StageAsync(first.Corpus, first.FileId, first.Places, Token);
        ErasureRow second = await b.EraseAsync("d0");

        Assert.False(await RewriteAsync(shared, first));
        Assert.Equal(first.FileId, (await shared.Log.FindAsync(TestMember.CorpusId, Token))!.Id);
        Assert.True(await RewriteAsync(shared, first, second));

        Assert.Equal(LogIds.Next(first.FileId), (await shared.Log.FindAsync(TestMember.CorpusId, Token))!.Id);
        Assert.Equal(["d2", "d3", "d4", "d5", "d6", "d7"], await a.ReadAsync());
        Assert.False(await RewriteAsync(shared, first, second));
    }

    [Fact]
    public async Task Rewrite_AppendIsPlannedForTheFormerRecords_IsStoredOnce()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);
        ErasureRow row = await a.EraseAsync("d4");
        bool hasRewritten = false;
        b.Log.At = async step =>
        {
            if (step == LogStep.BeforeAppend && !hasRewritten)
            {
                hasRewritten = await RewriteAsync(shared, row);
            }
        };

        AppendResult result = await b.AddAsync("t", "d8", "d4");
        await new RecordSweep(shared.Contents, shared.Database).RunAsync(Token);

        Assert.True(hasRewritten);
        Assert.Equal(2, result.Accepted);
        Assert.Equal(["d0", "d1", "d2", "d3", "d5", "d6", "d7", "d8", "d4"], await shared.Start("late").ReadAsync());
        await b.ReadAsync();
    }

    [Fact]
    public async Task Start_DocumentsWereRemovedMeanwhile_RemovesTheFolderBeforeItIsUsed()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);
        await b.ReadAsync();
        string cache = Path.Combine(b.Folder, "embeddings-0000000000000000.bin");
        await File.WriteAllBytesAsync(cache, [1], Token);
        b.Dispose();
        ErasureRow row = await a.EraseAsync("d4");
        Assert.True(await RewriteAsync(shared, row));

        TestMember again = shared.Start("b");
        await again.Store.RemoveOutdatedCopiesAsync(Token);

        Assert.False(Directory.Exists(again.Folder));
        Assert.Equal(await a.ReadAsync(), await again.ReadAsync());
        await again.Store.RemoveOutdatedCopiesAsync(Token);
        Assert.True(File.Exists(again.File));
    }

    [Fact]
    public async Task Start_EndedBeforeItsCachesWereCompacted_RemovesTheFolder()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        (TestMember a, TestMember b) = await FillAsync(shared);
        await b.ReadAsync();
        Assert.True(await RewriteAsync(shared, await a.EraseAsync("d4")));
        string cache = Path.Combine(b.Folder, "embeddings-0000000000000000.bin");
        await File.WriteAllBytesAsync(cache, [1], Token);
        await b.ReadAsync();
        Assert.True(File.Exists(cache));
        b.Dispose();

        TestMember again = shared.Start("b");
        await again.Store.RemoveOutdatedCopiesAsync(Token);
        Assert.False(File.Exists(cache));

        // After the compaction, the folder stays.
        await a.ReadAsync();
        a.Store.CompleteErasure(TestMember.CorpusId);
        await a.Store.RemoveOutdatedCopiesAsync(Token);
        Assert.True(File.Exists(a.File));
    }

    /// <summary>Starts two members and stores eight documents by them, two for each entry.</summary>
    private static async Task<(TestMember A, TestMember B)> FillAsync(SharedDocuments shared)
    {
        TestMember a = shared.Start("a");
        await a.CreateAsync();
        TestMember b = shared.Start("b");
        await a.AddAsync("s", "d0", "d1");
        await a.AddAsync("s", "d2", "d3");
        await a.AddAsync("s", "d4", "d5");
        await a.AddAsync("s", "d6", "d7");
        return (a, b);
    }

    private static LogRewrite Rewrite(SharedDocuments shared, TestMember member) =>
        new(member.Log, new RecordStore(shared.Contents), shared.Database);

    private static Task<bool> RewriteAsync(SharedDocuments shared, params ErasureRow[] rows) =>
        new LogRewrite(shared.Log, new RecordStore(shared.Contents), shared.Database).RunAsync(
            TestMember.CorpusId, rows[0].FileId, rows.SelectMany(static row => row.Places).ToHashSet(), Token);

    private static async Task<string> TextsAsync(SharedDocuments shared)
    {
        StringBuilder texts = new();
        foreach (string file in Directory.EnumerateFiles(shared.Objects, "*", SearchOption.AllDirectories))
        {
            texts.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)));
        }

        return texts.ToString();
    }

    private static async Task AssertSameFilesAsync(TestMember first, params TestMember[] others)
    {
        await first.ReadAsync();
        byte[] file = await File.ReadAllBytesAsync(first.File, Token);
        foreach (TestMember other in others)
        {
            await other.ReadAsync();
            Assert.Equal(file, await File.ReadAllBytesAsync(other.File, Token));
        }
    }
}
