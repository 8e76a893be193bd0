using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>Row of a block of an assignment.</summary>
/// <param name="Number">Number of the change that added it. Blocks are read in this order.</param>
/// <param name="Documents">Number of its documents.</param>
/// <param name="Key">Key of its object.</param>
/// <param name="Content">Hashes of its object.</param>
internal sealed record AssignmentBlock(long Number, int Documents, string Key, ContentDescriptor Content);
