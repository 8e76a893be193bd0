using System.Globalization;
using TopicGrpc.Cluster.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>The members of a cluster embed the texts of a fit together, and some of them fail.</summary>
public sealed class ClusterEmbeddingTests
{
    private const string Poison = "poison";

    private static readonly ClusterEmbeddingOptions Impatient = new()
    {
        ChunkTexts = 8,
        CallTimeout = TimeSpan.FromSeconds(3),
        StallTimeout = TimeSpan.FromSeconds(2),
        StragglerMinimum = TimeSpan.FromMilliseconds(100),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task EmbedAsync_SomeMembers_EachTextHasTheBitsOfTheEncoder(int members)
    {
        using EmbeddingCluster cluster = new(members);
        string[] texts = [.. Texts(100), .. Texts(10)];

        CollectedEmbeddings embedded = await cluster.EmbedAsync(texts, Token);

        RequireBits(texts, embedded);
        Assert.Equal(0, cluster.SuspectLog.Count);

        // Equal texts are embedded once. On a busy machine a text may run again.
        Assert.InRange(cluster.Members.Sum(static member => member.Embedder.Calls) - (Probes * members), 100, 104);
    }

    [Fact]
    public async Task EmbedAsync_ManyChunks_NoMemberHasMoreThanItsBound()
    {
        using EmbeddingCluster cluster = new(3);
        foreach (EmbeddingMember member in cluster.Members)
        {
            member.Embedder.Delay = TimeSpan.FromMilliseconds(1);
        }

        await cluster.EmbedAsync(Texts(400), Token);

        Assert.All(cluster.Members, static member => Assert.InRange(member.MostChunks, 1, 2));
    }

    [Fact]
    public async Task StartAsync_TwiceTheBoundOfAMember_IsBusy()
    {
        using EmbeddingCluster cluster = new(1);
        EmbeddingMember member = cluster.Members[0];
        string encoder = member.Fingerprint.Get(Token);
        member.Embedder.Hold();

        List<ChunkStatus> states = [];
        for (int number = 0; number < 5; number++)
        {
            ChunkRequest request = new(
                Guid.NewGuid(), encoder, member.Results.KeyOf("corpus", encoder, FormattableString.Invariant($"c{number}")), ["a text"]);
            states.Add((await member.Runner.StartAsync(request)).Status);
        }

        Assert.Equal([ChunkStatus.Running, ChunkStatus.Running, ChunkStatus.Running, ChunkStatus.Running, ChunkStatus.Busy], states);
    }

    [Fact]
    public async Task EmbedAsync_MemberKilledDuringAChunk_OthersEmbedItsTexts()
    {
        using EmbeddingCluster cluster = new(3);
        EmbeddingMember victim = cluster.Members[2];
        victim.Fingerprint.Get(Token);
        victim.Embedder.HoldAfter(3);
        string[] texts = Texts(120);

        Task<CollectedEmbeddings> running = cluster.EmbedAsync(texts, Token);
        await victim.Embedder.SomebodyWaitsAsync(Token);
        victim.Kill();

        RequireBits(texts, await running);
        Assert.Equal(0, cluster.SuspectLog.Count);
    }

    [Fact]
    public async Task EmbedAsync_MemberUnreachableForAWhile_NoTextIsLeftOut()
    {
        using EmbeddingCluster cluster = new(2, Impatient);
        cluster.Members[1].IsIsolated = true;
        string[] texts = Texts(40);

        CollectedEmbeddings embedded = await cluster.EmbedAsync(texts, Token);

        RequireBits(texts, embedded);
        Assert.Equal(0, cluster.SuspectLog.Count);
    }

    [Fact]
    public async Task EmbedAsync_MemberFrozen_ItsChunksRunElsewhere()
    {
        using EmbeddingCluster cluster = new(3, Impatient);
        EmbeddingMember frozen = cluster.Members[1];
        frozen.Fingerprint.Get(Token);
        frozen.Embedder.Hold();
        string[] texts = Texts(200);

        RequireBits(texts, await cluster.EmbedAsync(texts, Token));
        Assert.Equal(0, cluster.SuspectLog.Count);
    }

    [Fact]
    public async Task EmbedAsync_MemberWithAnotherEncoder_EmbedsNothing()
    {
        using EmbeddingCluster cluster = new(2);
        EmbeddingMember other = cluster.Add("another encoder");
        string[] texts = Texts(80);

        RequireBits(texts, await cluster.EmbedAsync(texts, Token));

        Assert.Equal(Probes, other.Embedder.Calls);
    }

    [Fact]
    public async Task EmbedAsync_Draining_MemberGetsNothing()
    {
        using EmbeddingCluster cluster = new(2);
        await cluster.Members[1].DrainAsync();
        string[] texts = Texts(40);

        RequireBits(texts, await cluster.EmbedAsync(texts, Token));

        Assert.Equal(Probes, cluster.Members[1].Embedder.Calls);
    }

    [Fact]
    public async Task EmbedAsync_Canceled_MembersDropTheirChunks()
    {
        using EmbeddingCluster cluster = new(2);
        using var canceling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        EmbeddingMember member = cluster.Members[1];
        member.Fingerprint.Get(Token);
        cluster.Members[0].Fingerprint.Get(Token);
        member.Embedder.Hold();
        Task<CollectedEmbeddings> running = cluster.EmbedAsync(Texts(400), canceling.Token);
        await member.Embedder.SomebodyWaitsAsync(Token);

        await canceling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await PollAsync(() => cluster.Members.All(static one => one.Runner.Chunks == 0));
        Assert.Equal(0, cluster.SuspectLog.Count);
    }

    [Fact]
    public async Task EmbedAsync_CoordinatorGone_MembersDropItsChunks()
    {
        using EmbeddingCluster cluster = new(1, new ClusterEmbeddingOptions { OrphanTimeout = TimeSpan.FromMilliseconds(50) });
        EmbeddingMember member = cluster.Members[0];
        string encoder = member.Fingerprint.Get(Token);
        member.Embedder.Hold();

        await member.Runner.StartAsync(new ChunkRequest(
            Guid.NewGuid(), encoder, member.Results.KeyOf("corpus", encoder, "c"), ["a text"]));

        await PollAsync(() => member.Runner.Chunks == 0);
    }

    [Fact]
    public async Task EmbedAsync_AnotherCoordinatorAfterwards_ReadsTheResults()
    {
        using EmbeddingCluster cluster = new(2);
        string[] texts = Texts(64);
        await cluster.EmbedAsync(texts, Token);
        int calls = cluster.Members.Sum(static member => member.Embedder.Calls);
        string[] more = [.. texts, "a text that is new"];

        RequireBits(more, await cluster.EmbedAsync(more, Token));

        Assert.Equal(calls + 1, cluster.Members.Sum(static member => member.Embedder.Calls));
    }

    [Fact]
    public async Task EmbedAsync_CanceledHalfway_TheNextRunEmbedsTheRest()
    {
        using EmbeddingCluster cluster = new(1);
        EmbeddingMember member = cluster.Members[0];
        member.Fingerprint.Get(Token);
        using var canceling = CancellationTokenSource.CreateLinkedTokenSource(Token);
        member.Embedder.HoldAfter(40);
        string[] texts = Texts(80);
        Task<CollectedEmbeddings> first = cluster.EmbedAsync(texts, canceling.Token);
        await member.Embedder.SomebodyWaitsAsync(Token);
        await canceling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        member.Embedder.Release();
        int before = member.Embedder.Calls;

        RequireBits(texts, await cluster.EmbedAsync(texts, Token));

        // The chunks that had ended are read; two were running.
        Assert.InRange(member.Embedder.Calls - before, 40, 80 - 16);
    }

    [Fact]
    public async Task EmbedAsync_ResultDamaged_TextsAreEmbeddedAgain()
    {
        using EmbeddingCluster cluster = new(1);
        string[] texts = Texts(8);
        await cluster.EmbedAsync(texts, Token);
        string key = (await cluster.Store.ListAsync(ResultStore.Prefix, null, 10, Token)).Objects.Single().Key;
        await cluster.Store.DeleteAsync(key, Token);
        await Cluster.Tests.ObjectStore.Samples.PutAsync(cluster.Store, key, [1, 2, 3]);

        RequireBits(texts, await cluster.EmbedAsync(texts, Token));
    }

    [Fact]
    public async Task EmbedAsync_StoreFails_TextsAreEmbedded()
    {
        using EmbeddingCluster cluster = new(2, backend: new AbsentBackend());
        string[] texts = Texts(40);

        RequireBits(texts, await cluster.EmbedAsync(texts, Token));
    }

    [Fact]
    public async Task EmbedAsync_TextEndsTheProcess_IsLeftOutAfterABoundedNumberOfDeaths()
    {
        using EmbeddingCluster cluster = new(8, Impatient);
        foreach (EmbeddingMember member in cluster.Members)
        {
            member.PoisonedEmbedder.DeadlyWord = member.IsOwn ? null : Poison;
            member.Embedder.Delay = TimeSpan.FromMilliseconds(1);
        }

        // The coordinator embeds nothing, so that the text reaches the others.
        await cluster.Members[0].DrainAsync();
        string[] texts = [.. Texts(100), "a text with " + Poison];

        CollectedEmbeddings embedded = await cluster.EmbedAsync(texts, Token);

        Assert.True(embedded[100].IsQuarantined);
        RequireBits(texts[..100], embedded);
        Assert.InRange(cluster.Members.Count(static member => !member.IsAlive), 3, 4);
        Assert.Equal(3, cluster.SuspectLog.Count);
    }

    [Fact]
    public async Task EmbedAsync_TextWasLeftOutBefore_EndsNoProcess()
    {
        using EmbeddingCluster cluster = new(2);
        string encoder = cluster.Members[0].Fingerprint.Get(Token);
        string text = "a text with " + Poison;
        for (int death = 0; death < 3; death++)
        {
            SuspectRecord record = new(Guid.NewGuid(), FormattableString.Invariant($"gone@{death}"), [EmbeddingCache.KeyOf(text)]);
            await cluster.SuspectLog.BeginAsync("corpus", encoder, record, Token);
        }

        foreach (EmbeddingMember member in cluster.Members)
        {
            member.PoisonedEmbedder.DeadlyWord = Poison;
        }

        CollectedEmbeddings embedded = await cluster.EmbedAsync([.. Texts(20), text], Token);

        Assert.True(embedded[20].IsQuarantined);
        Assert.All(cluster.Members, static member => Assert.True(member.IsAlive));
        Assert.Equal(3, cluster.SuspectLog.Count);
    }

    [Fact]
    public async Task EmbedAsync_CoordinatorDiedWithAChunk_ItsTextsRunAloneElsewhere()
    {
        using EmbeddingCluster cluster = new(2);
        string encoder = cluster.Members[0].Fingerprint.Get(Token);
        string[] texts = Texts(20);
        SuspectRecord record = new(Guid.NewGuid(), "gone@1", [.. texts[..5].Select(EmbeddingCache.KeyOf)]);
        await cluster.SuspectLog.BeginAsync("corpus", encoder, record, Token);

        RequireBits(texts, await cluster.EmbedAsync(texts, Token));

        // Five texts alone on the member that does not coordinate, and two chunks of the others.
        Assert.Equal(7, cluster.Members.Sum(static member => member.Starts));
        Assert.InRange(cluster.Members[1].Starts, 5, 7);
        Assert.Equal(0, cluster.SuspectLog.Count);
    }

    [Fact]
    public async Task EmbedAsync_TextHangs_IsLeftOut()
    {
        using EmbeddingCluster cluster = new(3, Impatient);
        foreach (EmbeddingMember member in cluster.Members)
        {
            member.PoisonedEmbedder.HangingWord = Poison;
        }

        string[] texts = [.. Texts(40), "a text with " + Poison];

        CollectedEmbeddings embedded = await cluster.EmbedAsync(texts, Token);

        Assert.True(embedded[40].IsQuarantined);
        RequireBits(texts[..40], embedded);
    }

    [Fact]
    public async Task EmbedAsync_EncoderFailsOnATextEverywhere_FailsWithTheCause()
    {
        using EmbeddingCluster cluster = new(2);
        foreach (EmbeddingMember member in cluster.Members)
        {
            member.PoisonedEmbedder.FailingWord = Poison;
        }

        ServiceException failure = await Assert.ThrowsAsync<ServiceException>(
            () => cluster.EmbedAsync(["a text with " + Poison], Token));

        Assert.Contains("failed 3 times", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Poison, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, cluster.SuspectLog.Count);
    }

    private static int Probes { get; } = CountProbes();

    private static int CountProbes()
    {
        using FakeEmbedder embedder = new();
        new EncoderFingerprint(embedder).Get(CancellationToken.None);
        return embedder.Calls;
    }

    private static string[] Texts(int count) =>
        [.. Enumerable.Range(0, count).Select(static number => $"text {number.ToString(CultureInfo.InvariantCulture)} of the corpus")];

    private static void RequireBits(string[] texts, CollectedEmbeddings embedded)
    {
        using FakeEmbedder alone = new();
        float[] expected = new float[alone.Info.Dimension];
        for (int text = 0; text < texts.Length; text++)
        {
            alone.Embed(texts[text], expected, CancellationToken.None);
            Assert.Equal(expected, embedded[text].Vector);
        }
    }

    private static async Task PollAsync(Func<bool> isDone)
    {
        while (!isDone())
        {
            await Task.Delay(10, Token);
        }
    }
}
