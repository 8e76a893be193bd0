using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

/// <summary>Texts for which the encoder computes numbers that are not finite: a fit leaves out a few, and a call is rejected.</summary>
public sealed class NotFiniteTests
{
    private const string Overflow = "overflow";
    private const int Finite = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartFit_OnePercentOfTheDocuments_LeavesThemOutWithAWarning()
    {
        await using TestServer server = await TestServer.StartAsync();
        server.Embedder.NotFiniteWord = Overflow;
        await FillAsync(server, "clean", 0);
        await FillAsync(server, "news", 2);

        Fit fit = await server.FitAsync(TestServer.FitRequest("news", "m"));
        Fit clean = await server.FitAsync(TestServer.FitRequest("clean", "c"));

        Assert.Equal(Fit.Types.State.Succeeded, fit.State);
        Assert.Equal((Finite, Finite), (fit.DocumentCount, fit.Report.DocumentCount));
        Assert.Equal((clean.Report.TopicCount, clean.Report.OutlierCount), (fit.Report.TopicCount, fit.Report.OutlierCount));
        Assert.Contains(
            fit.Report.Warnings,
            static warning => warning.StartsWith("2 documents are left out: 'n0', 'n1'. The encoder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartFit_MoreThanOnePercentOfTheDocuments_FailsAndNamesThem()
    {
        await using TestServer server = await TestServer.StartAsync();
        server.Embedder.NotFiniteWord = Overflow;
        await FillAsync(server, "news", 3);

        Fit fit = await server.FitAsync(TestServer.FitRequest("news", "m"));

        Assert.Equal(Fit.Types.State.Failed, fit.State);
        Assert.Equal((int)StatusCode.FailedPrecondition, fit.Error.Code);
        Assert.Contains("3 of 203 documents, more than 1 %: 'n0', 'n1', 'n2'", fit.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_TextWithoutAFiniteEmbedding_AreRejectedWithTheField()
    {
        await using TestServer server = await TestServer.FittedAsync();
        server.Embedder.NotFiniteWord = Overflow;
        ModelSelector model = new() { Model = "models/m" };

        RpcException predict = await Assert.ThrowsAsync<RpcException>(async () => await server.Predictions.PredictAsync(
            new PredictRequest { Selector = model, Text = Overflow }, cancellationToken: Token));
        RpcException search = await Assert.ThrowsAsync<RpcException>(async () => await server.Topics.SearchTopicsAsync(
            new SearchTopicsRequest { Selector = model, Query = Overflow }, cancellationToken: Token));
        BatchPredictResponse batch = await server.Predictions.BatchPredictAsync(
            new BatchPredictRequest { Selector = model, Texts = { ThemedTexts.Text(0), Overflow } }, cancellationToken: Token);

        Assert.Equal((StatusCode.InvalidArgument, StatusCode.InvalidArgument), (predict.StatusCode, search.StatusCode));
        Assert.StartsWith("text: the encoder", predict.Status.Detail, StringComparison.Ordinal);
        Assert.StartsWith("query: the encoder", search.Status.Detail, StringComparison.Ordinal);
        Assert.NotNull(batch.Results[0].Prediction);
        Assert.StartsWith("texts[1]: the encoder", batch.Results[1].Error.Message, StringComparison.Ordinal);
    }

    private static async Task FillAsync(TestServer server, string corpus, int notFinite)
    {
        await server.CreateCorpusAsync(corpus);
        await using IngestCall call = await IngestCall.OpenAsync(server, corpus, "fill");
        await call.SendAsync(
            0,
            [
                .. Enumerable.Range(0, Finite).Select(static index => ($"d{index:00000}", ThemedTexts.Text(index))),
                .. Enumerable.Range(0, notFinite).Select(static index => ($"n{index}", $"{Overflow} {index}")),
            ]);
        await call.ReadAckAsync();
        await call.CloseAsync();
    }
}
