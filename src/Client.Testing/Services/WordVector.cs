using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Words with their weights: all that the fake knows of a meaning.</summary>
internal sealed class WordVector
{
    private readonly Dictionary<string, double> _weights = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words of a topic; one scripted without words has those of its name.</summary>
    public static WordVector Of(TopicInfo topic) => topic.Words.Count > 0
        ? Of(topic.Words.SelectMany(static word => Split(word.Term).Select(part => (part, word.Score))))
        : Of(Split(topic.Name).Select(static part => (part, 1.0)));

    /// <summary>Words of a text, each once.</summary>
    public static WordVector Of(string text) => Of(Split(text).Distinct(StringComparer.OrdinalIgnoreCase).Select(static part => (part, 1.0)));

    /// <summary>Cosine of two vectors; 0 where one has no words.</summary>
    public double Cosine(WordVector other)
    {
        double product = _weights.Sum(pair => pair.Value * other._weights.GetValueOrDefault(pair.Key));
        double length = Math.Sqrt(_weights.Values.Sum(static weight => weight * weight) * other._weights.Values.Sum(static weight => weight * weight));
        return length == 0 ? 0 : product / length;
    }

    private static WordVector Of(IEnumerable<(string Word, double Weight)> words)
    {
        WordVector vector = new();
        foreach ((string word, double weight) in words)
        {
            vector._weights[word] = vector._weights.GetValueOrDefault(word) + weight;
        }

        return vector;
    }

    private static IEnumerable<string> Split(string text)
    {
        int start = 0;
        for (int index = 0; index <= text.Length; index++)
        {
            if (index < text.Length && char.IsLetterOrDigit(text[index]))
            {
                continue;
            }

            if (index > start)
            {
                yield return text[start..index];
            }

            start = index + 1;
        }
    }
}
