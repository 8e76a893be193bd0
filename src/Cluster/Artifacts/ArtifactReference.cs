using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// Key and hashes of the manifest of an artifact. It is stored in the database; from it, every byte of the artifact can be verified.
/// </summary>
/// <param name="Key">Key of the manifest.</param>
/// <param name="Manifest">Hashes of the manifest.</param>
internal sealed record ArtifactReference(string Key, ContentDescriptor Manifest);
