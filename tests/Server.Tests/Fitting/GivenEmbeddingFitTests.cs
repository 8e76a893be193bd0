using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Shared;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

/// <summary>Fits, predictions and operations on embeddings that clients gave.</summary>
public sealed class GivenEmbeddingFitTests
{
    private static readonly ModelSelector Own = new() { Model = "models/own" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartFit_GivenEmbeddings_FindsTheTopicsOfTheSameVectorsWithoutTheEncoder()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await GivenVectors.FillAsync(server, "own", 200);
        int embedded = server.Embedder.Calls;

        Fit fit = await server.FitAsync(TestServer.FitRequest("own", "own", "stable"));

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal(embedded, server.Embedder.Calls);
        ModelVersion version = await VersionAsync(server);
        Assert.Equal(new GivenEmbeddings { Dimension = GivenVectors.Dimension, Encoder = "mine" }, version.GivenEmbeddings);
        Assert.Equal((string.Empty, 0L), (version.EncoderSha256, version.Report.KeptEmbeddingCount));
        Assert.Equal(await TopicsAsync(server, "models/m"), await TopicsAsync(server, "models/own"));
    }

    [Fact]
    public async Task Predict_GivenEmbeddings_AnswersEmbeddingsAlsoAfterARestartWithAnotherEncoder()
    {
        await using TestServer server = await FittedAsync();
        PredictRequest question = new() { Selector = Own, Embedding = { GivenVectors.Of(ThemedTexts.Text(1)) } };
        PredictResponse before = await server.Predictions.PredictAsync(question, cancellationToken: Token);

        await server.StopAsync();
        using FakeEmbedder other = new("other");
        await server.StartAgainAsync(other);
        PredictResponse after = await server.Predictions.PredictAsync(question, cancellationToken: Token);

        Assert.Equal(before.Prediction, after.Prediction);
        Assert.True(after.Prediction.TopicId >= 0);
        RpcException rejected = await Assert.ThrowsAsync<RpcException>(async () => await server.Predictions.PredictAsync(
            new PredictRequest { Selector = Own, Embedding = { 1, 2, 3 } }, cancellationToken: Token));
        Assert.Equal("embedding: must have 32 numbers, not 3", rejected.Status.Detail);
    }

    [Fact]
    public async Task AnyCallWithAText_GivenEmbeddings_IsRejectedWithTheNameOfTheEncoder()
    {
        await using TestServer server = await FittedAsync();
        int embedded = server.Embedder.Calls;
        Func<Task>[] calls =
        [
            async () => await server.Predictions.PredictAsync(new() { Selector = Own, Text = "rocket" }, cancellationToken: Token),
            async () => await server.Predictions.BatchPredictAsync(
                new() { Selector = Own, Texts = { "rocket" } }, cancellationToken: Token),
            async () => await server.Predictions.ExplainPredictionAsync(
                new() { Selector = Own, Text = "rocket" }, cancellationToken: Token),
            async () => await server.Topics.SearchTopicsAsync(new() { Selector = Own, Query = "rocket" }, cancellationToken: Token),
            async () => await new MapService.MapServiceClient(server.Channel).LocateTextAsync(
                new() { Selector = Own, Text = "rocket" }, cancellationToken: Token),
            async () => await server.Models.DeriveVersionAsync(
                new() { Selector = Own, Operation = new() { UpdateTopics = new() { RepresentationModel = KeyBert() } } },
                cancellationToken: Token),
        ];

        foreach (Func<Task> call in calls)
        {
            RpcException rejected = await Refusal.ExpectAsync(StatusCode.FailedPrecondition, ErrorReasons.IncompatibleModel, call);
            Assert.Contains("'mine'", rejected.Status.Detail, StringComparison.Ordinal);
        }

        Assert.Equal(embedded, server.Embedder.Calls);
    }

    [Fact]
    public async Task StartFit_SettingsWithWordsToEmbed_AreRejected()
    {
        await using TestServer server = await TestServer.StartAsync();
        await GivenVectors.FillAsync(server, "own", 40);
        FitSettings[] settings =
        [
            new() { SeedTopicList = { new FitSettings.Types.SeedTopic { Words = { "rocket" } } } },
            new() { ZeroshotTopicList = { "rocket" } },
            new() { RepresentationModel = KeyBert() },
        ];

        foreach (FitSettings given in settings)
        {
            StartFitRequest request = TestServer.FitRequest("own", "own", "stable");
            request.Settings.MergeFrom(given);
            RpcException rejected = await Refusal.ExpectAsync(
                StatusCode.FailedPrecondition,
                ErrorReasons.IncompatibleModel,
                async () => await server.Fits.StartFitAsync(request, cancellationToken: Token));
            Assert.Contains("'corpora/own'", rejected.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task DeriveVersion_GivenEmbeddings_KeepsThem()
    {
        await using TestServer server = await FittedAsync();

        DeriveVersionResponse derived = await server.Models.DeriveVersionAsync(
            new() { Selector = Own, Operation = new() { ReduceTopics = new() { NrTopics = 3 } } }, cancellationToken: Token);
        Fit fit = await server.EndOfAsync(derived.Fit.Name);

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal("mine", (await VersionAsync(server)).GivenEmbeddings.Encoder);
        Assert.Equal(3, (await VersionAsync(server)).TopicCount);
    }

    [Fact]
    public async Task DeleteDocuments_GivenEmbeddings_RemovesTheVectorsFromTheDocumentFile()
    {
        await using TestServer server = await TestServer.StartAsync();
        await GivenVectors.FillAsync(server, "own", 60);
        byte[] vector = [.. GivenVectors.Document(7).Embedding.SelectMany(BitConverter.GetBytes)];
        string file = Path.Combine(server.DataDirectory, "corpora", "own", "documents.log");
        Assert.True((await File.ReadAllBytesAsync(file, Token)).AsSpan().IndexOf(vector) > 0);

        Erasure erasure = (await server.Corpora.DeleteDocumentsAsync(
            new() { Corpus = "corpora/own", Ids = new() { Values = { "d00007" } } }, cancellationToken: Token)).Erasure;
        while (erasure.State != Erasure.Types.State.Succeeded)
        {
            erasure = (await server.Corpora.GetErasureAsync(new() { Name = erasure.Name }, cancellationToken: Token)).Erasure;
        }

        Assert.Equal(-1, (await File.ReadAllBytesAsync(file, Token)).AsSpan().IndexOf(vector));
        Fit fit = await server.FitAsync(TestServer.FitRequest("own", "own", "stable"));
        Assert.Equal((Fit.Types.State.Succeeded, 59L), (fit.State, fit.DocumentCount));
    }

    private static RepresentationSettings KeyBert() => new() { Main = { new Representation { KeyBertInspired = new() } } };

    private static async Task<TestServer> FittedAsync()
    {
        TestServer server = await TestServer.StartAsync();
        await GivenVectors.FillAsync(server, "own", 200);
        Fit fit = await server.FitAsync(TestServer.FitRequest("own", "own", "stable"));
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        return server;
    }

    private static async Task<ModelVersion> VersionAsync(TestServer server) => (await server.Models.ListVersionsAsync(
        new() { Parent = "models/own" }, cancellationToken: Token)).ModelVersions.MaxBy(static version => version.VersionNumber)!;

    private static async Task<string> TopicsAsync(TestServer server, string model)
    {
        ListTopicsResponse topics = await server.Topics.ListTopicsAsync(
            new() { Selector = new() { Model = model } }, cancellationToken: Token);
        topics.ModelVersion = string.Empty;
        foreach (Topic topic in topics.Topics)
        {
            // Of the version, not of its content.
            topic.Name = string.Empty;
            topic.Uid = string.Empty;
        }

        return JsonFormatter.Default.Format(topics);
    }
}
