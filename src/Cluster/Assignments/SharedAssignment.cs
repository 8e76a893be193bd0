namespace TopicGrpc.Cluster.Assignments;

/// <summary>Row of an assignment.</summary>
/// <param name="Id">Random id; another assignment of the same corpus and version has another one.</param>
/// <param name="Changes">Number of its last change; 0: none.</param>
internal sealed record SharedAssignment(string Id, long Changes);
