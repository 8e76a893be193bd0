namespace TopicGrpc.Client.Operations;

/// <summary>
/// Finds topics among the outliers: clusters the outliers alone in the stored layout. The other topics keep their documents, uids and
/// custom labels; all topics are numbered by size.
/// </summary>
/// <param name="MinClusterSize">
/// Minimum number of documents per new topic, 2 to 1,000,000. Null: half of the version's minimum cluster size, at least 5.
/// </param>
public sealed record RefitOutliers(int? MinClusterSize = null) : VersionOperation;
