using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Tests.Topics.Quality;

/// <summary>
/// Coherence as its definition reads: every window is looked at by itself and every pair in it counted, one text after the other.
/// </summary>
internal sealed class GensimWindows
{
    private const double Epsilon = 1e-12;
    private readonly Dictionary<(string, string), int> _counts = [];
    private long _windows;

    private GensimWindows(IEnumerable<string[]> texts, int size)
    {
        foreach (string[] text in texts)
        {
            // A word's bit falls with any of its tokens, as gensim has it.
            HashSet<string> present = [.. text.Take(size)];
            Count(present);
            for (int end = size; end < text.Length; end++)
            {
                present.Remove(text[end - size]);
                present.Add(text[end]);
                Count(present);
            }
        }
    }

    public static double Npmi(string[] topic, IEnumerable<string[]> texts)
    {
        GensimWindows windows = new(texts, 10);
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < topic.Length; i++)
        {
            for (int j = i + 1; j < topic.Length; j++)
            {
                sum += windows.PairNpmi(topic[i], topic[j]);
                pairs++;
            }
        }

        return sum / pairs;
    }

    public static double ContextVector(string[] topic, IEnumerable<string[]> texts)
    {
        GensimWindows windows = new(texts, 110);
        double[][] vectors = [.. topic.Select(word => topic.Select(other => windows.PairNpmi(word, other)).ToArray())];
        double[] total = [.. topic.Select((_, column) => vectors.Aggregate(0.0, (sum, vector) => sum + vector[column]))];
        return vectors.Aggregate(0.0, (sum, vector) => sum + Cosine(vector, total)) / topic.Length;
    }

    public static double Umass(string[] topic, IEnumerable<string[]> texts)
    {
        GensimWindows documents = new(texts, int.MaxValue);
        double sum = 0;
        int pairs = 0;
        for (int i = 1; i < topic.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                sum += Math.Log((documents.Share(topic[i], topic[j]) + Epsilon) / documents.Share(topic[j], topic[j]));
                pairs++;
            }
        }

        return sum / pairs;
    }

    public static double Of(CoherenceMeasure measure, string[] topic, IEnumerable<string[]> texts) => measure switch
    {
        CoherenceMeasure.Npmi => Npmi(topic, texts),
        CoherenceMeasure.ContextVector => ContextVector(topic, texts),
        _ => Umass(topic, texts),
    };

    private void Count(HashSet<string> present)
    {
        _windows++;
        foreach (string first in present)
        {
            foreach (string second in present)
            {
                _counts[(first, second)] = _counts.GetValueOrDefault((first, second)) + 1;
            }
        }
    }

    private double PairNpmi(string first, string second) =>
        Math.Log(
            (Share(first, second) + Epsilon) / (Share(first, first) * Share(second, second))) / -Math.Log(Share(first, second) + Epsilon);

    private double Share(string first, string second) => (double)_counts.GetValueOrDefault((first, second)) / _windows;

    private static double Cosine(double[] left, double[] right) =>
        left.Zip(right).Aggregate(0.0, (sum, pair) => sum + (pair.First * pair.Second))
        / (Math.Sqrt(left.Aggregate(0.0, (sum, x) => sum + (x * x))) * Math.Sqrt(right.Aggregate(0.0, (sum, x) => sum + (x * x))));
}
