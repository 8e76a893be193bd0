using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Assigns outliers to their most similar topic; BERTopic's <c>reduce_outliers</c> followed by <c>update_topics</c>: words and centroids
/// are computed again, ids and mapper stay.
/// </summary>
/// <param name="Strategy">Comparison of outliers with topics.</param>
/// <param name="Threshold">Minimum similarity or probability, 0 to 1; documents below it stay outliers. Default 0.</param>
public sealed record ReduceOutliers(OutlierStrategy Strategy, double Threshold = 0) : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "reduce_outliers";

    internal override void Validate() => OptionRange.Require(Threshold, 0, 1);

    private protected override TopicModelState Apply(OperationInput input)
    {
        if (input.Model.OutlierOffset == 0)
        {
            throw new InvalidOperationException("The model has no outliers to reduce.");
        }

        return Relabeled.State(input, new TopicAssignments(Assign(input)), input.Model.Options);
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
