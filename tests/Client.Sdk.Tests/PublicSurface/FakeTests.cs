using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Sdk.Tests.PublicSurface;

/// <summary>What a user's test does: no server, no mocking library.</summary>
public sealed class FakeTests
{
    [Fact]
    public async Task TopicGrpcClient_OverAFake_AnswersAsItDoes()
    {
        using TopicGrpcClient client = new(null!, null!, null!, new FakePredictions(), null!, null!, null!, null!, null!, null!);

        Prediction prediction = await client.PredictAsync("news", "a text", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((6, "news"), (prediction.TopicId, prediction.Model));
    }

    private sealed class FakePredictions : PredictionsClient
    {
        public override Task<Prediction> PredictAsync(
            ModelSelector model,
            string text,
            PredictOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(text);
            return Task.FromResult(
                new Prediction { TopicId = text.Length, Name = "fake", Probability = 1, Model = model.Model, Version = 1 });
        }
    }
}
