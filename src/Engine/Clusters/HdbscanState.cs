using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// All that a fitted <see cref="HdbscanModel"/> has to keep: everything else follows from it in a few milliseconds.
/// With n points there are n − 1 merges; merge <c>t</c> makes the node <c>n + t</c>.
/// </summary>
/// <param name="Options">Settings of the fit.</param>
/// <param name="Points">Training points, n × d.</param>
/// <param name="CoreDistances">For each point the distance to its <c>min_samples</c>-th nearest point, itself counted as the first.</param>
/// <param name="MergeLeft">First node of each merge: a point (below n) or an earlier merge.</param>
/// <param name="MergeRight">Second node of each merge.</param>
/// <param name="MergeDistances">Mutual reachability distance of each merge, ascending.</param>
public sealed record HdbscanState(
    HdbscanOptions Options,
    Matrix Points,
    double[] CoreDistances,
    int[] MergeLeft,
    int[] MergeRight,
    double[] MergeDistances);
