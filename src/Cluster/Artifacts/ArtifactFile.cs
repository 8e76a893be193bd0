using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>One file of an artifact.</summary>
/// <param name="Name">Name in the folder of the artifact.</param>
/// <param name="Key">Key of the object with its bytes.</param>
/// <param name="Content">Hashes of the bytes.</param>
internal sealed record ArtifactFile(string Name, string Key, ContentDescriptor Content);
