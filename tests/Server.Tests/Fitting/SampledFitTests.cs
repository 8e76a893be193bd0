using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Fitting;

public sealed class SampledFitTests
{
    private static readonly ModelSelector Selector = new() { Model = "models/m" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartFit_Sample_PublishesAVersionWithAllDocuments()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 400);
        StartFitRequest request = TestServer.FitRequest("news", "m", "stable");
        request.Settings.Sample = new SampleSettings { Size = 120 };

        Fit fit = await server.FitAsync(request);

        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.Equal(400, fit.Report.DocumentCount);
        Assert.Equal(4, fit.Report.TopicCount);
        Assert.Equal(120, fit.Report.Sample.Size);
        Assert.Equal(400, fit.Report.Sample.Strata.Sum(static stratum => stratum.DocumentCount));
        Assert.Equal(120, fit.Report.Settings.Sample.Size);
        Assert.Contains(fit.Report.StageTimes, static stage => stage.Stage == Fit.Types.Stage.Assignment);
        ListTopicsResponse topics = await server.Topics.ListTopicsAsync(
            new ListTopicsRequest { Selector = Selector }, cancellationToken: Token);
        Assert.Equal(400, topics.Topics.Sum(static topic => topic.DocumentCount));
    }

    [Fact]
    public async Task StartFit_Sample_SurvivesARestartWithTheSameAnswers()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 400);
        StartFitRequest request = TestServer.FitRequest("news", "m", "stable");
        request.Settings.Sample = new SampleSettings { Size = 120 };
        await server.FitAsync(request);
        PredictRequest question = new() { Selector = Selector, Text = "hockey goalie puck rink season" };
        Prediction before = (await server.Predictions.PredictAsync(question, cancellationToken: Token)).Prediction;

        await server.StopAsync();
        await server.StartAgainAsync();

        Prediction after = (await server.Predictions.PredictAsync(question, cancellationToken: Token)).Prediction;
        Assert.Equal((before.TopicId, before.Probability, before.TopicUid), (after.TopicId, after.Probability, after.TopicUid));
    }

    [Theory]
    [InlineData(99, "settings.sample.size")]
    [InlineData(1000, null)]
    public async Task StartFit_SampleSize_IsChecked(int size, string? field)
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 200);
        StartFitRequest request = TestServer.FitRequest("news", "m", "stable");
        request.Settings.Sample = new SampleSettings { Size = size };

        if (field is not null)
        {
            RpcException error = await Assert.ThrowsAsync<RpcException>(() => server.FitAsync(request));
            Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
            Assert.Contains(field, error.Status.Detail, StringComparison.Ordinal);
        }
        else
        {
            Assert.Null((await server.FitAsync(request)).Report.Sample);
        }
    }

    [Fact]
    public async Task StartFit_SampleSmallerThanTwoClusters_NamesTheSize()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.FillCorpusAsync("news", 400);
        StartFitRequest request = TestServer.FitRequest("news", "m", "stable");
        request.Settings.Sample = new SampleSettings { Size = 100 };
        request.Settings.Hdbscan = new HdbscanSettings { MinClusterSize = 60 };

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => server.FitAsync(request));

        Assert.Contains("must be at least twice the smallest cluster (60), 100 given", error.Status.Detail, StringComparison.Ordinal);
    }
}
