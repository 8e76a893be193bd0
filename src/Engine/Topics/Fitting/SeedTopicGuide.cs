using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Guidance of a fit by seed topics (BERTopic's <c>seed_topic_list</c>). A document nearer to the words of a seed topic than to the mean
/// of all documents gets that seed topic as its class in the layout, and its embedding moves a quarter of the way towards the seed.
/// The words of seed topics have a weight factor of 1.2. The caller's embeddings do not change; BERTopic changes them.
/// </summary>
internal static class SeedTopicGuide
{
    private const float SeedShare = 0.25f;

    /// <summary>
    /// Returns the fit with moved embeddings and the classes by seed topic, which replace the given targets as in BERTopic.
    /// </summary>
    public static (FitContext Fit, int[]? Targets) Apply(FitContext fit, int[]? targets, NameVectors vectors)
    {
        TopicModelOptions options = fit.Options;
        if (options.SeedTopics.Count == 0)
        {
            return (fit, targets);
        }

        Matrix rows = fit.Input.Embeddings;
        Matrix seeds = vectors.Embed([.. options.SeedTopics.Select(words => string.Join(' ', words))]);
        Matrix centers = new(seeds.Rows + 1, seeds.Columns, [.. seeds.Values, .. Mean(rows)]);
        CentroidPredictor nearest = new(centers, outlierOffset: 0);
        int[] classes = new int[rows.Rows];
        Matrix moved = fit.Input.Scratch.Create(rows.Rows, rows.Columns, (row, values) =>
        {
            rows.Row(row).CopyTo(values);
            int seed = nearest.Predict(rows.Row(row), allTopics: false).TopicId;
            classes[row] = seed < seeds.Rows ? seed : -1;
            for (int i = 0; seed < seeds.Rows && i < values.Length; i++)
            {
                values[i] = ((1 - SeedShare) * values[i]) + (SeedShare * seeds.Row(seed)[i]);
            }
        });

        string[] words = [.. options.SeedTopics.SelectMany(topic => topic).Distinct(StringComparer.Ordinal)];
        TopicModelOptions guided = options with { Weights = options.Weights with { GuidedWords = words } };
        return (fit with { Input = fit.Input with { Embeddings = moved }, Options = guided }, classes);
    }

    private static float[] Mean(Matrix rows) =>
        Array.ConvertAll(TopicCentroids.Mean(rows, new int[rows.Rows], topics: 1), value => (float)value);
}
