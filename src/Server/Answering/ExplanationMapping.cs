using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Contract;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Answering;

/// <summary>Parts of an explanation for the contract.</summary>
internal static class ExplanationMapping
{
    /// <exception cref="Errors.ServiceException">Names every field that is out of range.</exception>
    public static DistributionOptions FromProto(ExplainPredictionRequest request)
    {
        const int Longest = 1000;
        SettingsChecks checks = new();
        DistributionOptions defaults = new();
        int window = checks.Range("window", request.Window, 0, Longest);
        int stride = checks.Range("stride", request.Stride, 0, Longest);
        DistributionOptions options = defaults with
        {
            Window = window == 0 ? defaults.Window : window,
            Stride = stride == 0 ? defaults.Stride : stride,
            MinSimilarity = request.HasMinSimilarity ? checks.Range("min_similarity", request.MinSimilarity, 0, 1) : defaults.MinSimilarity,
            Padding = request.Padding,
        };
        checks.ThrowIfAny();
        return options;
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

    /// <summary>The values above 0 by topic number.</summary>
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
