using TopicGrpc.Client.Topics;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Predictions;

/// <summary>Maps explanations.</summary>
internal static class ExplanationMapping
{
    public static Wire.ExplainPredictionRequest Map(Wire.ModelSelector selector, string text, ExplainOptions options)
    {
        Wire.ExplainPredictionRequest request = new()
        {
            Selector = selector,
            Text = text,
            IncludeTokens = options.IncludeTokens,
            Mode = PredictionMapping.Map(options.Mode),
            Window = options.Window ?? 0,
            Stride = options.Stride ?? 0,
            Padding = options.Padding,
            RoutingKey = options.RoutingKey ?? "",
        };
        if (options.TopicId is { } topic)
        {
            request.TopicId = topic;
        }

        if (options.MinSimilarity is { } similarity)
        {
            request.MinSimilarity = similarity;
        }

        return request;
    }

    public static Explanation Map(Wire.ExplainPredictionResponse wire) => new()
    {
        Prediction = PredictionMapping.Map(wire.Prediction, wire.ModelVersion, wire.Timing),
        TopicId = wire.TopicId,
        TopicName = wire.TopicName,
        Distribution = Shares(wire.Distribution),
        SharedTerms =
            [.. wire.SharedTerms.Select(static term => new SharedTerm(term.Term, term.TextWeight, term.TopicWeight, term.Contribution))],
        RepresentativeDocuments =
            [.. wire.RepresentativeDocuments.Select(static document => new RepresentativeDocument(document.DocumentId, document.Text))],
        Margin = wire.Margin,
        NextTopicId = wire.HasNextTopicId ? wire.NextTopicId : null,
        Tokens = [.. wire.Tokens.Select(static token => new TokenTopics(token.Token_, Shares(token.Similarities)))],
    };

    private static Dictionary<int, double> Shares(IEnumerable<Wire.TopicProbability> wire) =>
        wire.ToDictionary(static topic => topic.TopicId, static topic => topic.Probability);
}
