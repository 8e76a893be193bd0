using TopicGrpc.Engine.Topics.Grouping;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Outlier policy of the models that operations make.</summary>
internal static class PolicyOutliers
{
    /// <summary>
    /// Treats the outliers of a new state by its policy, so that its documents have the topics that predictions give. Only operations that
    /// change assignments or the policy lead to outliers that the policy has not treated yet.
    /// </summary>
    public static TopicModelState Assign(OperationInput input, TopicModelState state)
    {
        double least = TopicAnswering.LeastSimilarity(state.Options);
        bool changed = !ReferenceEquals(state.Assignments, input.Model.Assignments)
            || !least.Equals(TopicAnswering.LeastSimilarity(input.Model.Options));
        TopicAssignments before = new(state.Assignments);
        if (!changed || double.IsNaN(least) || before.OutlierOffset == 0 || before.TopicCount == 0)
        {
            return state;
        }

        TopicModel model = new(state.WithUids());
        if (input.Table is null || model.DocumentVectors is not { } vectors)
        {
            input.Warnings.Add(new FitWarning(
                FitWarning.OutliersKept,
                $"{before.Sizes[0]} documents stay outliers: the outlier policy applies to new texts only, because the "
                + $"{(input.Table is null ? "documents" : "embeddings of the documents")} are no longer available."));
            return state;
        }

        int[] assigned = new NearestCentroids(vectors, state.TopicCentroids, before)
            .Assign(least, input.Compute, input.CancellationToken);
        return assigned.AsSpan().SequenceEqual(state.Assignments)
            ? state
            : Relabeled.WithAssignedOutliers(input with { Model = model }, new TopicAssignments(assigned), state.Options);
    }

    /// <summary>Returns the settings after a reduction of outliers.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="before">Model with the outliers.</param>
    /// <param name="after">State with the new assignments.</param>
    public static TopicModelOptions After(ReduceOutliers operation, TopicModel before, TopicModelState after)
    {
        TopicAssignments left = new(after.Assignments);
        if (after.Options.OutlierPolicy == OutlierPolicy.All)
        {
            return after.Options;
        }

        if (operation.Strategy == OutlierStrategy.Embeddings)
        {
            return Nearest(after.Options, operation.Threshold);
        }

        if (left.OutlierOffset == 0)
        {
            return after.Options with { OutlierPolicy = OutlierPolicy.All };
        }

        int[] outliers = [.. Enumerable.Range(0, before.Assignments.Length).Where(row => before.Assignments[row] < 0)];
        int assigned = outliers.Length - left.Sizes[0];
        return assigned > 0 && before.DocumentVectors is { } vectors
            ? Nearest(after.Options, new NearestCentroids(vectors, after.TopicCentroids, left).Similarities(outliers)[assigned - 1])
            : after.Options;
    }

    private static TopicModelOptions Nearest(TopicModelOptions options, double similarity) =>
        options with { OutlierPolicy = OutlierPolicy.Nearest, OutlierMinSimilarity = similarity };
}
