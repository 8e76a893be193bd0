using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Server.Predicting;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Predicting;

public sealed class AnswerCacheTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Predict_SameTextAgain_GivesTheSameBitsWithoutTheEncoder()
    {
        await using TestServer server = await TestServer.FittedAsync(("AnswerCache:MaxBytes", "1000000"));
        PredictResponse first = await PredictAsync(server, "rocket launch");
        int calls = server.Embedder.Calls;

        PredictResponse second = await PredictAsync(server, "rocket launch");
        PredictResponse shorter = await PredictAsync(server, "rocket launch", allTopics: false);

        Assert.Equal(first.Prediction.ToByteString(), second.Prediction.ToByteString());
        Assert.Equal(calls + 1, server.Embedder.Calls);
        Assert.Empty(shorter.Prediction.TopicProbabilities);
        Assert.Equal(first.Prediction.Probability, shorter.Prediction.Probability);
    }

    [Fact]
    public async Task Predict_ByDefault_EmbedsEveryText()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await PredictAsync(server, "rocket launch");
        int calls = server.Embedder.Calls;

        await PredictAsync(server, "rocket launch");

        Assert.Equal(calls + 1, server.Embedder.Calls);
    }

    [Fact]
    public async Task Predict_MoreThanTheBytesHold_DropsTheLongestUnused()
    {
        await using TestServer server = await TestServer.FittedAsync(("AnswerCache:MaxBytes", "2000"));
        AnswerCache cache = server.Services.GetRequiredService<AnswerCache>();
        await PredictAsync(server, "rocket one");
        await PredictAsync(server, "rocket two");
        await PredictAsync(server, "rocket one");
        await PredictAsync(server, "rocket three");
        int calls = server.Embedder.Calls;

        await PredictAsync(server, "rocket one");
        Assert.Equal(calls, server.Embedder.Calls);
        await PredictAsync(server, "rocket two");
        Assert.Equal(calls + 1, server.Embedder.Calls);
        Assert.InRange(cache.Bytes, 1, 2000);
    }

    [Fact]
    public async Task DeleteVersion_WithAnswersKept_FreesThem()
    {
        await using TestServer server = await TestServer.FittedAsync(("AnswerCache:MaxBytes", "1000000"));
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        AnswerCache cache = server.Services.GetRequiredService<AnswerCache>();
        await PredictAsync(server, "rocket launch");
        long before = cache.Bytes;
        await PredictAsync(server, "rocket launch", version: 2);
        Assert.Equal(2 * before, cache.Bytes);

        await server.Models.DeleteVersionAsync(new DeleteVersionRequest { Name = "models/m/versions/2" }, cancellationToken: Token);

        Assert.True(SpinWait.SpinUntil(() => cache.Bytes == before, TimeSpan.FromSeconds(30)));
    }

    private static async Task<PredictResponse> PredictAsync(TestServer server, string text, bool allTopics = true, long version = 1) =>
        await server.Predictions.PredictAsync(
            new PredictRequest
            {
                Selector = new ModelSelector { Model = "models/m", VersionNumber = version },
                Text = text,
                Options = new PredictOptions { IncludeProbabilities = allTopics, IncludeEmbedding = true },
            },
            cancellationToken: Token);
}
