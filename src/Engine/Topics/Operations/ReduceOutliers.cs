namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// Gives outliers to the topic that they resemble most; BERTopic's <c>reduce_outliers</c> followed by
/// <c>update_topics</c>: words and topic vectors are found anew, ids and mapper stay.
/// </summary>
/// <param name="Strategy">What is compared.</param>
/// <param name="Threshold">Least similarity or probability, 0 to 1. Less stays an outlier. Default 0.</param>
public sealed record ReduceOutliers(OutlierStrategy Strategy, double Threshold = 0) : TopicOperation
{
    /// <inheritdoc/>
    public override string Name => "reduce_outliers";

    private protected override TopicModelState Apply(OperationInput input)
    {
        if (Threshold is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"The threshold {Threshold} does not lie between 0 and 1.");
        }

        if (input.Model.OutlierOffset == 0)
        {
            throw new InvalidOperationException("The model has no outliers to reduce.");
        }

        return Relabeled.State(input, new TopicAssignments(Assign(input)), input.Model.Options);
    }

    /// <summary>The new topic of every document.</summary>
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
