using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Predictions;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Mapping;

/// <summary>Maps explanations to the messages that a server sends, and the options of a request.</summary>
internal static class ExplanationToWire
{
    public static ExplainOptions Options(Wire.ExplainPredictionRequest wire) => new()
    {
        TopicId = wire.HasTopicId ? wire.TopicId : null,
        IncludeTokens = wire.IncludeTokens,
        Mode = (PredictMode)wire.Mode,
        RoutingKey = wire.RoutingKey.Length == 0 ? null : wire.RoutingKey,
        Window = wire.Window == 0 ? null : wire.Window,
        Stride = wire.Stride == 0 ? null : wire.Stride,
        MinSimilarity = wire.HasMinSimilarity ? wire.MinSimilarity : null,
        Padding = wire.Padding,
    };

    public static Wire.ExplainPredictionResponse Map(Explanation explanation)
    {
        Wire.ExplainPredictionResponse wire = new()
        {
            Prediction = PredictionToWire.Map(explanation.Prediction, new Wire.PredictOptions { IncludeProbabilities = true }),
            TopicId = explanation.TopicId,
            TopicName = explanation.TopicName,
            Distribution = { PredictionToWire.Shares(explanation.Distribution) },
            RepresentativeDocuments = { TopicToWire.Documents(explanation.RepresentativeDocuments) },
            Margin = explanation.Margin,
            ModelVersion = WireNames.Version(explanation.Prediction.Model, explanation.Prediction.Version),
            Timing = PredictionToWire.Map(explanation.Prediction.Timing),
        };
        wire.SharedTerms.AddRange(explanation.SharedTerms.Select(static term => new Wire.ExplainPredictionResponse.Types.SharedTerm
        {
            Term = term.Term,
            TextWeight = term.TextWeight,
            TopicWeight = term.TopicWeight,
            Contribution = term.Contribution,
        }));
        wire.Tokens.AddRange(explanation.Tokens.Select(
            static token => new Wire.ExplainPredictionResponse.Types.Token
            {
                Token_ = token.Token,
                Similarities = { PredictionToWire.Shares(token.Similarities) },
            }));
        if (explanation.NextTopicId is { } next)
        {
            wire.NextTopicId = next;
        }

        return wire;
    }
}
