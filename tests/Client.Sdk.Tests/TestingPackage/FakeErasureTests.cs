using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeErasureTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fake.Dispose();

    [Fact]
    public async Task DeleteDocumentsAsync_ByIdAndByFilter_RemovesThemAndKeepsReceipts()
    {
        _fake.Corpora.Add("news", Enumerable.Range(0, 10).Select(static index =>
            new TopicDocument(FormattableString.Invariant($"d{index}"), "text")
            {
                Time = DateTimeOffset.UnixEpoch.AddDays(index),
                Attributes = new Dictionary<string, string> { ["side"] = index % 2 == 0 ? "left" : "right" },
            }));
        using TopicGrpcClient client = _fake.CreateClient();

        ErasureInfo byId = await client.Corpora.DeleteDocumentsAsync("news", ["d1", "none"], Token);
        ErasureInfo byFilter = await client.Corpora.DeleteDocumentsAsync(
            "news",
            new DocumentFilter
            {
                From = DateTimeOffset.UnixEpoch.AddDays(4),
                Before = DateTimeOffset.UnixEpoch.AddDays(8),
                Attributes = new Dictionary<string, string> { ["side"] = "left" },
            },
            Token);
        ErasureInfo receipt = await client.Corpora.WaitForErasureAsync("news", byFilter.Name, cancellationToken: Token);

        Assert.Equal((1L, 4L, ErasureState.Succeeded), (byId.DocumentCount, byId.TextBytes, byId.State));
        Assert.Equal(("news", 2L), (receipt.Corpus, receipt.DocumentCount));
        Assert.Equal(("corpora/news", 2L), (receipt.Findings[0].Resource, receipt.Findings[0].DocumentCount));
        Assert.Equal(["d0", "d2", "d3", "d5", "d7", "d8", "d9"], _fake.Corpora.Documents("news").Select(static document => document.Id));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => client.Corpora.GetErasureAsync("news", "e99", Token));
    }

    [Fact]
    public async Task UpdateAsync_Retention_IsPartOfTheCorpus()
    {
        using TopicGrpcClient client = _fake.CreateClient();
        await client.Corpora.CreateAsync("news", new CreateCorpusOptions { DisplayName = "N", Retention = TimeSpan.FromDays(2) }, Token);

        CorpusInfo changed = await client.Corpora.UpdateAsync("news", new UpdateCorpusOptions { Retention = TimeSpan.FromDays(3) }, Token);
        CorpusInfo ended = await client.Corpora.UpdateAsync(
            "news", new UpdateCorpusOptions { DisplayName = "M", Retention = TimeSpan.Zero }, Token);

        Assert.Equal(("N", TimeSpan.FromDays(3)), (changed.DisplayName, changed.Retention));
        Assert.Equal(("M", TimeSpan.Zero), (ended.DisplayName, ended.Retention));
    }
}
