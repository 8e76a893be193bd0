using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Assigns outliers to their most similar topic; BERTopic's <c>reduce_outliers</c> followed by <c>update_topics</c>: words are computed
/// again; ids, mapper and centroids stay. New texts are then treated alike: the operation sets the outlier policy of the model. With the
/// strategy <see cref="OutlierStrategy.Embeddings"/> it is <see cref="OutlierPolicy.Nearest"/> with the same threshold. With another
/// strategy, it is <see cref="OutlierPolicy.All"/> if no outlier is left, else <see cref="OutlierPolicy.Nearest"/> with the similarity that
/// assigns as many of the outliers.
/// </summary>
/// <param name="Strategy">Comparison of outliers with topics.</param>
/// <param name="Threshold">Minimum similarity or probability, 0 to 1; documents below it stay outliers. Default 0.</param>
public sealed record ReduceOutliers(OutlierStrategy Strategy, double Threshold = 0) : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "reduce_outliers";

    // The operation itself decides which documents stay outliers, as in BERTopic.
    internal override bool AppliesPolicy => false;

    internal override void Validate() => OptionRange.Require(Threshold, 0, 1);

    private protected override TopicModelState Apply(OperationInput input)
    {
        if (input.Model.OutlierOffset == 0)
        {
            throw new InvalidOperationException("The model has no outliers to reduce.");
        }

        TopicModelState state = Relabeled.WithAssignedOutliers(input, new TopicAssignments(Assign(input)), input.Model.Options);
        return state with { Options = PolicyOutliers.After(this, input.Model, state) };
    }

    /// <summary>Returns the new topic of each document.</summary>
    internal int[] Assign(OperationInput input)
    {
        int[] assignments = [.. input.Model.Assignments];
        int[] outliers = [.. Enumerable.Range(0, assignments.Length).Where(row => assignments[row] < 0)];
        int[] topics = OutlierTopics.Find(Strategy, Threshold, outliers, input);
        for (int i = 0; i < outliers.Length; i++)
        {
            assignments[outliers[i]] = topics[i];
        }

        return assignments;
    }
}
