using System.Text.Json;
using Grpc.Net.Client;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.RealEncoder;

/// <summary>Documents in, topics out, with the encoder that ships: what the fake encoder cannot show.</summary>
public sealed class RealEncoderTests
{
    private const int Passages = 150;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FitAndPredict_PassagesOfAddresses_AnswersTheSameAcrossARestart()
    {
        using TempFolder folder = new();
        ServerSettings settings = new() { DataDirectory = folder.Path, Precision = "fast" };
        PredictRequest request = new()
        {
            Selector = new ModelSelector { Model = "models/addresses", VersionLabel = "stable" },
            Text = "We must balance the federal budget and cut taxes.",
            Options = new PredictOptions { IncludeProbabilities = true, IncludeWords = true },
        };
        PredictResponse before;
        await using (ServerHost host = await ServerHost.StartAsync(settings, Token))
        {
            using var channel = GrpcChannel.ForAddress(host.Address);
            await FillAsync(channel);
            Fit fit = await FitAsync(channel, new FitSettings { MinTopicSize = 5, CalculateProbabilities = true });
            Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
            Assert.Equal(384, fit.Report.EmbeddingDimension);
            before = await new PredictionService.PredictionServiceClient(channel).PredictAsync(request, cancellationToken: Token);
        }

        await using ServerHost again = await ServerHost.StartAsync(settings, Token);
        using var second = GrpcChannel.ForAddress(again.Address);
        PredictResponse after = await new PredictionService.PredictionServiceClient(second).PredictAsync(request, cancellationToken: Token);

        Assert.Equal(before.Prediction, after.Prediction);
        Assert.Equal(12, before.Prediction.TokenCount);
        Assert.True(before.Timing.Inference.ToTimeSpan() > TimeSpan.Zero);
    }

    [Fact]
    public async Task Fit_ZeroShotTopicsAndKeyBert_FindThemByMeaning()
    {
        const string Medicine = "Medicare and health insurance";
        const string Defence = "Nuclear weapons and missiles";
        using TempFolder folder = new();
        await using ServerHost host = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = folder.Path, Precision = "fast" }, Token);
        using var channel = GrpcChannel.ForAddress(host.Address);
        await FillAsync(channel);
        FitSettings settings = new()
        {
            MinTopicSize = 5,
            Vectorizer = new VectorizerSettings { StopWords = "english" },
            ZeroshotTopicList = { Medicine, Defence, "Knitting patterns" },
            ZeroshotMinSimilarity = 0.35,
            RepresentationModel = new RepresentationSettings
            {
                Main = { new Representation { KeyBertInspired = new() { TopNWords = 5, NrCandidateWords = 40 } } },
                Aspects = { new AspectSettings { Name = "Weighted" } },
            },
        };

        Fit fit = await FitAsync(channel, settings);

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        ListTopicsResponse list = await new TopicService.TopicServiceClient(channel)
            .ListTopicsAsync(
                new ListTopicsRequest { Selector = new ModelSelector { Model = "models/addresses" } }, cancellationToken: Token);
        var named = list.Topics.Where(static topic => topic.Label.Length > 0).ToDictionary(static topic => topic.Label);
        Assert.Equal([Defence, Medicine], named.Keys.Order(StringComparer.Ordinal).Reverse());
        Assert.Contains(named[Medicine].Words, static word => word.Term is "medicare" or "health" or "medical");
        Assert.Contains(named[Defence].Words, static word => word.Term is "nuclear" or "missiles" or "missile" or "weapons");

        // KeyBERT's scores are cosines in a 384-dimensional space: high, and in falling order.
        Assert.All(named.Values, static topic => Assert.InRange(topic.Words[0].Score, 0.3, 1));
        Assert.All(named.Values, static topic => Assert.NotEqual(topic.Words, topic.Aspects.Single().Words));
        Prediction prediction = (await new PredictionService.PredictionServiceClient(channel).PredictAsync(
            new PredictRequest
            {
                Selector = new ModelSelector { Model = "models/addresses" },
                Text = "Insurance must cover the hospital bills of our older citizens.",
            },
            cancellationToken: Token)).Prediction;
        Assert.Equal((named[Medicine].TopicId, PredictMode.Centroid), (prediction.TopicId, prediction.Mode));
    }

    private static async Task FillAsync(GrpcChannel channel)
    {
        CorpusService.CorpusServiceClient corpora = new(channel);
        await corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = "addresses" }, cancellationToken: Token);
        IngestDocumentsRequest.Types.Chunk chunk = new();
        foreach (string line in (await File.ReadAllLinesAsync(SamplePath(), Token)).Take(Passages))
        {
            using var passage = JsonDocument.Parse(line);
            chunk.Documents.Add(new Document
            {
                Id = passage.RootElement.GetProperty("id").ToString(),
                Text = passage.RootElement.GetProperty("text").GetString(),
            });
        }

        using Grpc.Core.AsyncDuplexStreamingCall<IngestDocumentsRequest, IngestDocumentsResponse> call = corpora.IngestDocuments(
            cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new IngestDocumentsRequest { Open = new() { Corpus = "corpora/addresses", SessionId = "s1" } }, Token);
        await call.RequestStream.WriteAsync(new IngestDocumentsRequest { Chunk = chunk }, Token);
        await call.RequestStream.WriteAsync(new IngestDocumentsRequest { Close = new() { TotalDocuments = Passages } }, Token);
        await call.RequestStream.CompleteAsync();
        IngestDocumentsResponse last = new();
        while (await call.ResponseStream.MoveNext(Token))
        {
            last = call.ResponseStream.Current;
        }

        Assert.Equal(Passages, last.Closed.Corpus.DocumentCount);
    }

    private static async Task<Fit> FitAsync(GrpcChannel channel, FitSettings settings)
    {
        FitService.FitServiceClient fits = new(channel);
        StartFitRequest request = new()
        {
            Model = "models/addresses",
            Corpus = "corpora/addresses",
            Settings = settings,
            AssignLabels = { "stable" },
        };
        string name = (await fits.StartFitAsync(request, cancellationToken: Token)).Fit.Name;
        using Grpc.Core.AsyncServerStreamingCall<WatchFitResponse> watch = fits.WatchFit(
            new WatchFitRequest { Name = name }, cancellationToken: Token);
        while (await watch.ResponseStream.MoveNext(Token))
        {
            // Events carry the state alone; the whole fit is read when it has ended.
        }

        return (await fits.GetFitAsync(new GetFitRequest { Name = name }, cancellationToken: Token)).Fit;
    }

    private static string SamplePath() => Checkout.At("samples", "state-of-the-union", "addresses-1961-2021.jsonl");
}
