using TopicGrpc.Cli.Output;

namespace TopicGrpc.Cli.Tests.Output;

public sealed class GrpcurlLinesTests
{
    [Fact]
    public void Predict_TextWithAnApostrophe_SafeInAShell() => Assert.Equal(
        """grpcurl -plaintext -d '{"selector":{"model":"models/news"},"text":"I'\''m here","options":{"include_words":true}}' """
        + "127.0.0.1:5400 topicgrpc.v1.PredictionService/Predict",
        GrpcurlLines.Predict(new Uri("http://127.0.0.1:5400"), "news", "I'm here"));
}
