using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Finds numbers of a model that are not finite. Such a model must not be published: its answers would hold NaN or infinity, which JSON
/// cannot express and which order nothing.
/// </summary>
public static class FiniteNumbers
{
    /// <summary>Returns the part of a model that has a number that is not finite; null if all numbers are finite.</summary>
    /// <param name="model">Model to check.</param>
    /// <returns>Human-readable name of the part, or null.</returns>
    public static string? FindViolation(TopicModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        TopicModelState state = model.State;
        foreach (Topic topic in state.Topics)
        {
            if (HasWrong(topic.Words))
            {
                return $"the words of topic {topic.Id}";
            }
        }

        if (state.Aspects is { } aspects && aspects.Values.Any(static words => words.Any(HasWrong)))
        {
            return "the words of an aspect";
        }

        return (IsFinite(state.TermWeights.Values), IsFinite(state.InverseFrequencies)) is not (true, true) ? "the weights of the words"
            : !IsFinite(state.TopicCentroids) ? "the centroids of the topics"
            : !IsFinite(state.ClusterStrengths) ? "the probabilities of the documents"
            : !IsFinite(state.Probabilities) ? "the probabilities of the topics"
            : !IsFinite(state.Layout?.Embedding) ? "the positions of the documents"
            : !IsFinite(state.MapPoints) ? "the positions of the documents in charts"
            : null;
    }

    private static bool HasWrong(IReadOnlyList<TopicWord> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            if (!double.IsFinite(words[i].Score))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFinite(ReadOnlySpan<double> values) => !values.ContainsAnyExceptInRange(double.MinValue, double.MaxValue);

    private static bool IsFinite(Matrix? matrix)
    {
        for (int row = 0; row < (matrix?.Rows ?? 0); row++)
        {
            if (matrix!.Row(row).ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                return false;
            }
        }

        return true;
    }
}
