using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// State of a <see cref="HdbscanModel"/>; everything else is computed from it in milliseconds. n points have n − 1 merges;
/// merge <c>t</c> creates node <c>n + t</c>.
/// </summary>
/// <param name="Options">Settings of the fit.</param>
/// <param name="Points">Training points, n × d.</param>
/// <param name="CoreDistances">
/// Core distance of each point: the distance to its <c>min_samples</c>-th nearest point, counting the point itself as the
/// first.
/// </param>
/// <param name="MergeLeft">First node of each merge: a point (less than n) or an earlier merge.</param>
/// <param name="MergeRight">Second node of each merge.</param>
/// <param name="MergeDistances">Mutual reachability distance of each merge, ascending.</param>
public sealed record HdbscanState(
    HdbscanOptions Options,
    Matrix Points,
    double[] CoreDistances,
    int[] MergeLeft,
    int[] MergeRight,
    double[] MergeDistances);
