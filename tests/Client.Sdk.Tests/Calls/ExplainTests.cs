using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Sdk.Tests.Fakes;

namespace TopicGrpc.Client.Sdk.Tests.Calls;

public sealed class ExplainTests
{
    [Fact]
    public async Task Explain_RequestAndAnswer_AreMapped()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = new(server.Address);
        ExplainOptions options = new() { TopicId = 5, Mode = PredictMode.Centroid, Window = 8, MinSimilarity = 0.125 };

        Explanation explanation = await client.Predictions.ExplainAsync(
            "news", "about a gpu", options, TestContext.Current.CancellationToken);

        Assert.Equal(
            (5, "about a gpu", 0.125, 8), (explanation.TopicId, explanation.TopicName, explanation.Margin, explanation.NextTopicId));
        Assert.Equal(
            (PredictMode.Centroid, "Graphics", 12),
            (explanation.Prediction.Mode, explanation.Prediction.Label, explanation.Prediction.Version));
        Assert.Equal(1, explanation.Distribution[3]);
        Assert.Equal(new SharedTerm("gpu", 1, 2, 0.5), Assert.Single(explanation.SharedTerms));
        Assert.Equal("a gpu", explanation.RepresentativeDocuments[0].Text);
        Assert.Equal(0.25, explanation.Tokens[0].Similarities[3]);
    }
}
