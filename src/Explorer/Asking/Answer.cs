using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Explorer.Asking;

/// <summary>What a version says about a text.</summary>
/// <param name="Explanation">Prediction and evidence.</param>
/// <param name="Names">Names of the version's topics.</param>
public sealed record Answer(Explanation Explanation, IReadOnlyDictionary<int, string> Names)
{
    private const int MaxTopics = 8;

    /// <summary>The most probable topics, best first.</summary>
    public IReadOnlyList<(int Topic, double Probability)> Probabilities =>
    [
        .. Explanation.Prediction.Probabilities.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key)
            .Take(MaxTopics).Where(static pair => pair.Value > 0).Select(static pair => (pair.Key, pair.Value)),
    ];

    /// <summary>The topics of the words of the text, largest share first.</summary>
    public IReadOnlyList<(int Topic, double Share)> Distribution =>
    [
        .. Explanation.Distribution.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key)
            .Take(MaxTopics).Select(static pair => (pair.Key, pair.Value)),
    ];

    /// <summary>The words of the text, marked if they speak for the explained topic.</summary>
    public IReadOnlyList<(string Word, double Strength)> Tokens
    {
        get
        {
            double largest = Explanation.Tokens.Select(StrengthOf).DefaultIfEmpty(0).Max();
            return [.. Explanation.Tokens.Select(token => (token.Token, largest > 0 ? StrengthOf(token) / largest : 0))];
        }
    }

    /// <summary>Returns the name of a topic.</summary>
    /// <param name="topic">Number of the topic.</param>
    public string Name(int topic) => Names.TryGetValue(topic, out string? name) ? name : $"Topic {topic}";

    private double StrengthOf(TokenTopics token) => token.Similarities.GetValueOrDefault(Explanation.TopicId);
}
