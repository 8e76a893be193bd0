using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Erasing;

/// <summary>Calls of a test that erases documents.</summary>
internal static class ErasureCalls
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Erasure> EraseAsync(this TestServer server, string corpus, params string[] ids) =>
        (await server.Corpora.DeleteDocumentsAsync(
            new DeleteDocumentsRequest { Corpus = "corpora/" + corpus, Ids = new() { Values = { ids } } },
            cancellationToken: Token)).Erasure;

    public static async Task<Erasure> EraseAsync(this TestServer server, string corpus, DeleteDocumentsRequest.Types.Filter filter) =>
        (await server.Corpora.DeleteDocumentsAsync(
            new DeleteDocumentsRequest { Corpus = "corpora/" + corpus, Filter = filter },
            cancellationToken: Token)).Erasure;

    public static async Task<Erasure> ReceiptAsync(this TestServer server, string name) =>
        (await server.Corpora.GetErasureAsync(new GetErasureRequest { Name = name }, cancellationToken: Token)).Erasure;

    /// <summary>Waits until the bytes of an erasure are removed.</summary>
    public static async Task<Erasure> EndOfErasureAsync(this TestServer server, string name)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(Patience);
        while (true)
        {
            Erasure receipt = await server.ReceiptAsync(name);
            if (receipt.State == Erasure.Types.State.Succeeded)
            {
                return receipt;
            }

            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Makes a corpus of themed texts and further documents.</summary>
    public static async Task FillAsync(this TestServer server, string corpus, int themed, params Document[] others)
    {
        await server.CreateCorpusAsync(corpus);
        await server.AddAsync(
            corpus,
            "fill",
            [
                .. Enumerable.Range(0, themed).Select(static index => new Document
                {
                    Id = $"d{index:00000}",
                    Text = ThemedTexts.Text(index),
                    EventTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddDays(index)),
                    Attributes = { ["theme"] = FormattableString.Invariant($"{index % ThemedTexts.ThemeCount}") },
                }),
                .. others,
            ]);
    }

    public static async Task<IngestDocumentsResponse.Types.Ack> AddAsync(
        this TestServer server, string corpus, string session, params Document[] documents)
    {
        using var call = server.Corpora.IngestDocuments(cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new IngestDocumentsRequest { Open = new() { Corpus = "corpora/" + corpus, SessionId = session } }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        await call.RequestStream.WriteAsync(new IngestDocumentsRequest { Chunk = new() { Documents = { documents } } }, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        IngestDocumentsResponse.Types.Ack ack = call.ResponseStream.Current.Ack;
        await call.RequestStream.CompleteAsync();
        return ack;
    }

    public static async Task<Corpus> CorpusAsync(this TestServer server, string id) =>
        (await server.Corpora.GetCorpusAsync(new GetCorpusRequest { Name = "corpora/" + id }, cancellationToken: Token)).Corpus;

    public static async Task<List<string>> MemberIdsAsync(this TestServer server, ModelSelector selector) =>
    [
        .. (await server.Topics.ListTopicDocumentsAsync(
            new ListTopicDocumentsRequest { Selector = selector, PageSize = 5000 },
            cancellationToken: Token)).Members.Select(static member => member.DocumentId),
    ];
}
