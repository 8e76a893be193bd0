using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.Erasing;

/// <summary>Erasure in a cluster of processes: nothing of an erased document stays in a folder of a member or the object store.</summary>
public sealed class ErasureProcessTests(PostgresServer postgres)
{
    private const string Chaos = "TOPICGRPC_CHAOS";
    private const int Seed = 19;
    private const int Documents = 120;
    private const string CanaryId = "canary-id-7f3a";
    private const string ExpiredText = "hockey puck zqxexpiredzqx goalie rink";
    private const string CanaryText = "orbit rocket lunar shuttle zqxcanaryzqx telescope";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erase_AMemberIsDeadAndTheOneThatErasesIsKilled_NoFileHasAnythingOfTheDocument()
    {
        await using MemberCluster cluster = await StartAsync();
        (MemberProcess first, MemberProcess second, MemberProcess third) = (cluster.Members[0], cluster.Members[1], cluster.Members[2]);
        await FillAsync(cluster);
        Assert.All(Canaries(), canary => Assert.NotEmpty(FilesWith(cluster.ObjectFolder, canary)));
        Assert.All(cluster.Members, member => Assert.NotEmpty(FilesWith(member.Folder, Canaries()[0])));

        await third.KillAsync(Token);
        ErasureInfo started;
        using (TopicGrpcClient client = new(second.Address))
        {
            started = await RetryAsync(() => client.Corpora.DeleteDocumentsAsync("news", [CanaryId], Token));
        }

        await second.KillAsync(Token);
        using TopicGrpcClient survivor = new(first.Address);
        Assert.Equal(Documents, (await survivor.Corpora.GetAsync("news", Token)).DocumentCount);
        ErasureInfo ended = await survivor.Corpora.WaitForErasureAsync("news", started.Name, cancellationToken: Token)
            .WaitAsync(Timeout, Token);
        Assert.All(Canaries(), canary => Assert.Empty(FilesWith(cluster.ObjectFolder, canary)));
        Assert.All(Canaries(), canary => Assert.Empty(FilesWith(first.Folder, canary)));

        foreach (MemberProcess member in (MemberProcess[])[second, third])
        {
            await member.StartAsync(Token);
            Assert.All(Canaries(), canary => Assert.Empty(FilesWith(member.Folder, canary)));
            using TopicGrpcClient client = new(member.Address);
            Assert.Equal(Documents, (await client.Corpora.GetAsync("news", Token)).DocumentCount);
            Assert.False((await client.PredictAsync("news", CanaryText, cancellationToken: Token)).IsKnownDocument);
            Assert.All(Canaries(), canary => Assert.Empty(FilesWith(member.Folder, canary)));
        }

        await AssertExpiredAsync(cluster, survivor);
        Assert.Equal((1, ErasureState.Succeeded, ""), (ended.DocumentCount, ended.State, ended.Error));
        Assert.Equal(["models/news/versions/1", "corpora/news"], ended.Findings.Select(static finding => finding.Resource));
        IngestResult again = await survivor.IngestAsync("news", Texts(), cancellationToken: Token);
        Assert.Equal((Documents, 0), (again.Duplicates, again.Accepted));
    }

    /// <summary>Runs on request: the variable <c>TOPICGRPC_CHAOS</c> has the number of kills.</summary>
    [Fact]
    public async Task Erase_MembersAreKilledAtAnyStep_EachErasureEndsAndTheOtherDocumentsStay()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable(Chaos), CultureInfo.InvariantCulture, out int asked) ? asked : 0;
        Assert.SkipUnless(kills > 0, $"{Chaos} is not set: it has the number of kills.");
        await using MemberCluster cluster = await StartAsync();
        await FillAsync(cluster);
        TopicGrpcClientOptions options = new() { Retry = new RetryOptions { MaxRetries = 10 } };
        foreach (Uri address in cluster.Addresses)
        {
            options.Addresses.Add(address);
        }

        using TopicGrpcClient client = new(options);
        TopicDocument[] targets = [.. Enumerable.Range(0, kills).Select(static kill => new TopicDocument(
            FormattableString.Invariant($"target{kill}"), FormattableString.Invariant($"orbit rocket target{kill}word lunar")))];
        await client.IngestAsync("news", targets.ToAsyncEnumerable(), cancellationToken: Token);
        Random random = new(Seed);
        for (int kill = 0; kill < kills; kill++)
        {
            Task<ErasureInfo> erasing = RetryAsync(() => client.Corpora.DeleteDocumentsAsync("news", [targets[kill].Id], Token));
            await Task.Delay(random.Next(2000), Token);
            MemberProcess killed = cluster.Members[random.Next(cluster.Members.Count)];
            await killed.KillAsync(Token);
            string name = (await erasing).Name;
            await client.Corpora.WaitForErasureAsync("news", name, cancellationToken: Token).WaitAsync(Timeout, Token);
            await killed.StartAsync(Token);
            await WaitUntilGoneAsync(cluster, targets[kill].Text);
        }

        foreach (MemberProcess member in cluster.Members)
        {
            using TopicGrpcClient one = new(member.Address);
            Assert.Equal(Documents + 1, (await one.Corpora.GetAsync("news", Token)).DocumentCount);
        }

        IngestResult again = await client.IngestAsync("news", Texts(), cancellationToken: Token);
        Assert.Equal((Documents, 0), (again.Duplicates, again.Accepted));
    }

    private static byte[][] Canaries()
    {
        using FakeEmbedder embedder = new();
        float[] vector = new float[embedder.Info.Dimension];
        embedder.Embed(CanaryText, vector, Token);
        return [Encoding.UTF8.GetBytes(CanaryText), Encoding.UTF8.GetBytes(CanaryId), MemoryMarshal.AsBytes(vector.AsSpan()).ToArray()];
    }

    private static List<string> FilesWith(string folder, byte[] canary) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(static path => Path.GetFileName(path) is not ("LOCK" or "RESERVE"))
            .Where(path => Has(path, canary)),
    ];

    private static bool Has(string path, byte[] canary)
    {
        try
        {
            return File.ReadAllBytes(path).AsSpan().IndexOf(canary) >= 0;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            // Removed after the listing.
            return false;
        }
    }

    private static IAsyncEnumerable<TopicDocument> Texts() => Enumerable.Range(0, Documents)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    private static IAsyncEnumerable<TopicDocument> DatedTexts()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new[]
        {
            new TopicDocument("old", ExpiredText) { Time = now.AddHours(-2) },
            new TopicDocument("new", ThemedTexts.Text(1)) { Time = now },
            new TopicDocument("undated", ThemedTexts.Text(2)),
        }.ToAsyncEnumerable();
    }

    private static async Task WaitUntilGoneAsync(MemberCluster cluster, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Timeout);
        byte[] canary = Encoding.UTF8.GetBytes(text);
        string[] folders = [cluster.ObjectFolder, .. cluster.Members.Select(static member => member.Folder)];
        while (folders.Any(folder => FilesWith(folder, canary).Count > 0))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
        }
    }

    /// <summary>Waits until the retention of a corpus has erased its old document everywhere.</summary>
    private static async Task AssertExpiredAsync(MemberCluster cluster, TopicGrpcClient client)
    {
        await WaitUntilGoneAsync(cluster, ExpiredText);
        Assert.Equal(2, (await client.Corpora.GetAsync("dated", Token)).DocumentCount);
    }

    /// <summary>Ingests and fits documents with the canary; every member has the documents and answers with the version.</summary>
    private static async Task FillAsync(MemberCluster cluster)
    {
        using TopicGrpcClient client = new(cluster.Members[0].Address);
        await client.Corpora.CreateAsync("dated", new CreateCorpusOptions { Retention = TimeSpan.FromHours(1) }, Token);
        await client.IngestAsync("dated", DatedTexts(), cancellationToken: Token);
        await client.IngestAsync("news", Texts().Append(new TopicDocument(CanaryId, CanaryText)), cancellationToken: Token);
        await client.FitAsync(
            new FitRequest("news", "news") { Settings = new FitSettings { MinTopicSize = 20 }, Labels = ["stable"] },
            cancellationToken: Token);
        foreach (MemberProcess member in cluster.Members)
        {
            using TopicGrpcClient one = new(member.Address);
            Assert.Equal(Documents + 1, (await one.Corpora.GetAsync("news", Token)).DocumentCount);
            await one.Corpora.GetAsync("dated", Token);
            Assert.True((await one.PredictAsync("news", CanaryText, cancellationToken: Token)).IsKnownDocument);
        }
    }

    /// <summary>Repeats a call that waits for a member that is not yet declared dead.</summary>
    private static async Task<ErasureInfo> RetryAsync(Func<Task<ErasureInfo>> call)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Timeout);
        while (true)
        {
            try
            {
                return await call();
            }
            catch (TopicGrpcException behind) when (behind.Reason == "MEMBERS_BEHIND" && !patience.IsCancellationRequested)
            {
                // The SDK has repeated the call already.
            }
        }
    }

    private Task<MemberCluster> StartAsync() => MemberCluster.StartAsync(
        3,
        postgres.CreateDatabase(),
        new Dictionary<string, string>
        {
            ["Cluster:Postgres:LeaseTimeout"] = "00:00:04",
            ["Cluster:Member:HeartbeatInterval"] = "00:00:00.5",
            ["Erasure:RetentionInterval"] = "00:00:10",
        },
        Token);
}
