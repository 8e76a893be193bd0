using Grpc.Core;
using TopicGrpc.Server.Tests.Models;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using Operation = TopicGrpc.V1.VersionOperation;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Predicting;

public sealed class KnownDocumentTests
{
    private static readonly string[] Texts = [.. Enumerable.Range(0, 200).Select(ThemedTexts.Text)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0")]
    [InlineData("1000000")]
    public async Task Predict_EveryTrainingText_HasItsTopicInCallBatchAndStream(string cacheBytes)
    {
        await using TestServer server = await TestServer.FittedAsync(("AnswerCache:MaxBytes", cacheBytes));
        foreach (long version in new[] { 1, await DeriveAsync(server, Delete(3)), await DeriveAsync(server, Merge(0, 1), parent: 2) })
        {
            IReadOnlyList<ListTopicDocumentsResponse.Types.Member> members = await MembersAsync(server, version);

            List<Prediction> batch = await BatchAsync(server, version, Texts);
            List<Prediction> stream = await StreamAsync(server, version);

            Assert.Equal(members.Select(static member => member.TopicId), batch.Select(static answer => answer.TopicId));
            Assert.All(batch, static answer => Assert.Equal((true, PredictionBasis.Document), (answer.KnownDocument, answer.Basis)));
            Assert.Equal(batch, stream);
            for (int row = 0; row < Texts.Length; row += 17)
            {
                Assert.Equal(batch[row], await PredictAsync(server, version, Texts[row]));
                Assert.Equal(members[row].TopicId < 0 ? 0 : members[row].Probability, batch[row].Probability);
            }
        }
    }

    [Fact]
    public async Task Predict_AfterARestartWithOtherWhiteSpace_IsStillKnown()
    {
        await using TestServer server = await TestServer.FittedAsync();
        Prediction before = await PredictAsync(server, 1, Texts[5]);
        await server.StopAsync();
        await server.StartAgainAsync();

        Prediction after = await PredictAsync(server, 1, " " + Texts[5].Replace(" ", "  ", StringComparison.Ordinal) + "\n");

        Assert.Equal((true, before.TopicId, before.Probability), (after.KnownDocument, after.TopicId, after.Probability));
        Assert.False((await PredictAsync(server, 1, Texts[5] + " rocket")).KnownDocument);
    }

    [Fact]
    public async Task Predict_AsNewText_IgnoresTheDocuments()
    {
        await using TestServer server = await TestServer.FittedAsync(("AnswerCache:MaxBytes", "1000000"));
        Prediction known = await PredictAsync(server, 1, Texts[7]);

        Prediction asNew = await PredictAsync(server, 1, Texts[7], new PredictOptions { AsNewText = true });

        Assert.Equal((true, false), (known.KnownDocument, asNew.KnownDocument));
        Assert.NotEqual(PredictionBasis.Document, asNew.Basis);
    }

    [Fact]
    public async Task Predict_EmbeddingOfATrainingText_IsTheSameAnswer()
    {
        await using TestServer server = await TestServer.FittedAsync();
        Prediction byText = await PredictAsync(server, 1, Texts[9], new PredictOptions { IncludeEmbedding = true });
        PredictRequest request = new() { Selector = TestServer.SelectorOf(1), Embedding = { byText.Embedding } };

        Prediction byVector = (await server.Predictions.PredictAsync(request, cancellationToken: Token)).Prediction;

        Assert.True(byVector.KnownDocument);
        Assert.Equal(
            (byText.TopicId, byText.Probability, byText.Novelty), (byVector.TopicId, byVector.Probability, byVector.Novelty));
    }

    [Fact]
    public async Task Shadow_OfATrainingText_AnswersWithTheAssignmentOfTheShadowVersion()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await DeriveAsync(server, Delete(3));
        IReadOnlyList<ListTopicDocumentsResponse.Types.Member> members = await MembersAsync(server, 2);
        await server.SetTrafficAsync(new TrafficPolicy { ShadowVersionNumber = 2 });
        BatchPredictRequest request = new() { Selector = new ModelSelector { Model = "models/m" }, Texts = { Texts } };

        await server.Predictions.BatchPredictAsync(request, cancellationToken: Token);
        GetShadowReportResponse report;
        do
        {
            report = await server.Models.GetShadowReportAsync(new GetShadowReportRequest { Model = "models/m" }, cancellationToken: Token);
        }
        while (report.ComparedCount < Texts.Length);

        Assert.Equal(members.Count(static member => member.TopicId < 0), report.DisagreedCount);
        Assert.All(report.Disagreements, static pair => Assert.Equal(-1, pair.ShadowTopicId));
    }

    private static Operation Delete(int topic) => new() { DeleteTopics = new Parts.DeleteTopics { TopicIds = { topic } } };

    private static Operation Merge(int first, int second) => new()
    {
        MergeTopics = new Parts.MergeTopics { Groups = { new Parts.MergeTopics.Types.Group { TopicIds = { first, second } } } },
    };

    private static async Task<long> DeriveAsync(TestServer server, Operation operation, long parent = 1)
    {
        Fit fit = await server.DeriveAsync(parent, operation);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        return parent + 1;
    }

    /// <summary>Assignments in the order of <see cref="Texts"/>, which is that of the document ids.</summary>
    private static async Task<IReadOnlyList<ListTopicDocumentsResponse.Types.Member>> MembersAsync(TestServer server, long version)
    {
        ListTopicDocumentsResponse response = await server.Topics.ListTopicDocumentsAsync(
            new ListTopicDocumentsRequest { Selector = TestServer.SelectorOf(version), PageSize = 1000 }, cancellationToken: Token);
        return [.. response.Members.OrderBy(static member => member.DocumentId, StringComparer.Ordinal)];
    }

    private static async Task<Prediction> PredictAsync(TestServer server, long version, string text, PredictOptions? options = null) =>
        (await server.Predictions.PredictAsync(
            new PredictRequest { Selector = TestServer.SelectorOf(version), Text = text, Options = options },
            cancellationToken: Token)).Prediction;

    private static async Task<List<Prediction>> BatchAsync(TestServer server, long version, string[] texts)
    {
        BatchPredictRequest request = new() { Selector = TestServer.SelectorOf(version), Texts = { texts } };
        BatchPredictResponse response = await server.Predictions.BatchPredictAsync(request, cancellationToken: Token);
        return [.. response.Results.Select(static result => result.Prediction)];
    }

    private static async Task<List<Prediction>> StreamAsync(TestServer server, long version)
    {
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> call =
            server.Predictions.StreamPredict(cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new StreamPredictRequest { Open = new() { Selector = TestServer.SelectorOf(version) } }, Token);
        Task sending = SendAsync(call.RequestStream);
        List<StreamPredictResponse> responses = await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
        await sending;
        return [.. responses.Select(static response => response.Prediction)];
    }

    private static async Task SendAsync(IClientStreamWriter<StreamPredictRequest> requests)
    {
        foreach (string text in Texts)
        {
            await requests.WriteAsync(new StreamPredictRequest { Item = new() { Text = text } }, Token);
        }

        await requests.CompleteAsync();
    }
}
