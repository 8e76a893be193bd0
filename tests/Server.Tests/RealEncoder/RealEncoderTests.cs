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
            Fit fit = await FitAsync(channel);
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

    private static async Task FillAsync(GrpcChannel channel)
    {
        CorpusService.CorpusServiceClient corpora = new(channel);
        await corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = "addresses" }, cancellationToken: Token);
        IngestDocumentsRequest.Types.Chunk chunk = new();
        foreach (string line in (await File.ReadAllLinesAsync(SamplePath(), Token)).Take(Passages))
        {
            using var passage = JsonDocument.Parse(line);
            chunk.Documents.Add(new Document { Id = passage.RootElement.GetProperty("id").ToString(), Text = passage.RootElement.GetProperty("text").GetString() });
        }

        using Grpc.Core.AsyncDuplexStreamingCall<IngestDocumentsRequest, IngestDocumentsResponse> call = corpora.IngestDocuments(cancellationToken: Token);
        await call.RequestStream.WriteAsync(new IngestDocumentsRequest { Open = new() { Corpus = "corpora/addresses", SessionId = "s1" } }, Token);
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

    private static async Task<Fit> FitAsync(GrpcChannel channel)
    {
        FitService.FitServiceClient fits = new(channel);
        StartFitRequest request = new() { Model = "models/addresses", Corpus = "corpora/addresses", AssignLabels = { "stable" } };
        request.Settings = new FitSettings { MinTopicSize = 5, CalculateProbabilities = true };
        string name = (await fits.StartFitAsync(request, cancellationToken: Token)).Fit.Name;
        using Grpc.Core.AsyncServerStreamingCall<WatchFitResponse> watch = fits.WatchFit(new WatchFitRequest { Name = name }, cancellationToken: Token);
        Fit last = new();
        while (await watch.ResponseStream.MoveNext(Token))
        {
            last = watch.ResponseStream.Current.Fit;
        }

        return last;
    }

    private static string SamplePath()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TopicGrpc.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "samples", "state-of-the-union", "addresses-1961-2021.jsonl");
    }
}
