using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>Maps explanations to the contract.</summary>
internal static class ExplanationMapping
{
    /// <summary>Returns the options of the distribution; 0 means the default.</summary>
    public static DistributionOptions FromProto(ExplainPredictionRequest request)
    {
        DistributionOptions defaults = new();
        return defaults with
        {
            Window = request.Window == 0 ? defaults.Window : request.Window,
            Stride = request.Stride == 0 ? defaults.Stride : request.Stride,
            MinSimilarity = request.HasMinSimilarity ? request.MinSimilarity : defaults.MinSimilarity,
            Padding = request.Padding,
        };
    }

    public static ExplainPredictionResponse.Types.SharedTerm ToProto(SharedTerm term) => new()
    {
        Term = term.Term,
        TextWeight = term.TextWeight,
        TopicWeight = term.TopicWeight,
        Contribution = term.Contribution,
    };

    public static IEnumerable<ExplainPredictionResponse.Types.Token> Tokens(TextDistribution distribution)
    {
        int topics = distribution.Topics.Length;
        return distribution.Tokens.Select((token, place) => new ExplainPredictionResponse.Types.Token
        {
            Token_ = token,
            Similarities = { AboveZero(distribution.TokenTopics.AsSpan(place * topics, topics)) },
        });
    }

    /// <summary>Returns the values above 0 by topic number.</summary>
    public static List<TopicProbability> AboveZero(ReadOnlySpan<double> values)
    {
        List<TopicProbability> topics = [];
        for (int topic = 0; topic < values.Length; topic++)
        {
            if (values[topic] > 0)
            {
                topics.Add(new TopicProbability { TopicId = topic, Probability = values[topic] });
            }
        }

        return topics;
    }
}
