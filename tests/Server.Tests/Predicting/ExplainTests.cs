using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Predicting;

public sealed class ExplainTests
{
    private static readonly ModelSelector Selector = new() { Model = "models/m" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExplainPrediction_TextOfATheme_NamesItsWordsTopicAndMargin()
    {
        await using TestServer server = await TestServer.FittedAsync();

        ExplainPredictionResponse answer = await ExplainAsync(
            server, new ExplainPredictionRequest { Selector = Selector, Text = "rocket launch lunar orbit zebra", IncludeTokens = true });

        Assert.Equal(answer.Prediction.TopicId, answer.TopicId);
        Assert.Equal(
            ["launch", "lunar", "orbit", "rocket"], answer.SharedTerms.Select(static term => term.Term).Order(StringComparer.Ordinal));
        Assert.Equal(answer.SharedTerms.OrderByDescending(static term => term.Contribution), answer.SharedTerms);
        Assert.InRange(answer.SharedTerms.Sum(static term => term.Contribution), 0.1, 1.0);
        Assert.Equal(answer.TopicId, answer.Distribution.MaxBy(static topic => topic.Probability)!.TopicId);
        Assert.Equal(1, answer.Distribution.Sum(static topic => topic.Probability), 9);
        Assert.Equal(["rocket", "launch", "lunar", "orbit", "zebra"], answer.Tokens.Select(static token => token.Token_));
        Assert.NotEmpty(answer.RepresentativeDocuments);
        double next = answer.Prediction.TopicProbabilities.Single(topic => topic.TopicId == answer.NextTopicId).Probability;
        Assert.Equal(
            answer.Prediction.TopicProbabilities.Single(topic => topic.TopicId == answer.TopicId).Probability - next, answer.Margin, 12);
        Assert.True(answer.Margin > 0);
    }

    [Fact]
    public async Task ExplainPrediction_AnotherTopic_HasANegativeMarginAndNothingShared()
    {
        await using TestServer server = await TestServer.FittedAsync();
        ExplainPredictionRequest request = new() { Selector = Selector, Text = "rocket launch lunar orbit" };
        int predicted = (await ExplainAsync(server, request)).TopicId;

        request.TopicId = (predicted + 1) % 4;
        ExplainPredictionResponse other = await ExplainAsync(server, request);

        Assert.Equal(predicted, other.NextTopicId);
        Assert.True(other.Margin < 0);
        Assert.Empty(other.SharedTerms);
        Assert.Empty(other.Tokens);
    }

    [Fact]
    public async Task ExplainPrediction_RequestsThatCannotBeAnswered_SayWhy()
    {
        await using TestServer server = await TestServer.FittedAsync();

        await Refusal.ExpectAsync(
            StatusCode.NotFound,
            "TOPIC_NOT_FOUND",
            () => ExplainAsync(server, new ExplainPredictionRequest { Selector = Selector, Text = "x", TopicId = 99 }));
        RpcException wrong = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INVALID_FIELD",
            () => ExplainAsync(server, new ExplainPredictionRequest { Selector = Selector, Text = "x", Window = -1, MinSimilarity = 2 }));
        await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INPUT_EMPTY",
            () => ExplainAsync(server, new ExplainPredictionRequest { Selector = Selector, Text = " " }));

        Assert.Equal(["window", "min_similarity"], Refusal.Fields(wrong));
    }

    [Fact]
    public async Task Predict_Mode_IsStatedInTheAnswer()
    {
        await using TestServer server = await TestServer.FittedAsync();

        Prediction byDefault = await PredictAsync(server, PredictMode.Unspecified);
        Prediction density = await PredictAsync(server, PredictMode.Density);
        Prediction centroid = await PredictAsync(server, PredictMode.Centroid);

        Assert.Equal(byDefault, density);
        Assert.Equal((PredictMode.Density, PredictMode.Centroid), (density.Mode, centroid.Mode));
        Assert.Equal(density.TopicId, centroid.TopicId);
        Assert.Equal(4, centroid.TopicProbabilities.Count);
        Assert.Equal(centroid.Probability, centroid.TopicProbabilities.Max(static topic => topic.Probability));
        Assert.NotEqual(density.Probability, centroid.Probability);
    }

    private static async Task<ExplainPredictionResponse> ExplainAsync(TestServer server, ExplainPredictionRequest request) =>
        await server.Predictions.ExplainPredictionAsync(request, cancellationToken: Token);

    private static async Task<Prediction> PredictAsync(TestServer server, PredictMode mode) => (await server.Predictions.PredictAsync(
        new PredictRequest
        {
            Selector = Selector,
            Text = "goalie puck playoff league",
            Options = new PredictOptions { IncludeProbabilities = true, Mode = mode },
        },
        cancellationToken: Token)).Prediction;
}
