using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeCorpusTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;

    public FakeCorpusTests()
    {
        _client = _fake.CreateClient();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _fake.Dispose();
    }

    [Fact]
    public async Task GetAsync_QuarantinedTexts_AreThoseOfTheTestAndAbsentFromLists()
    {
        QuarantinedText text = new("d7", new string('a', 64), 4, new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
        _fake.Corpora.Add("news", new TopicDocument("d7", "text"));
        Assert.Empty((await _client.Corpora.GetAsync("news", Token)).QuarantinedTexts);

        _fake.Corpora.SetQuarantinedTexts("news", text);

        Assert.Equal([text], (await _client.Corpora.GetAsync("news", Token)).QuarantinedTexts);
        Assert.Empty(Assert.Single(await _client.Corpora.ListAsync(Token).ToListAsync(Token)).QuarantinedTexts);
        Assert.Throws<ResourceNotFoundException>(() => _fake.Corpora.SetQuarantinedTexts("other", text));
    }
}
