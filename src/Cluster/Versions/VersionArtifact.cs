using TopicGrpc.Cluster.Artifacts;

namespace TopicGrpc.Cluster.Versions;

/// <summary>The objects of a version.</summary>
/// <param name="Publication">Id of the publication that wrote them.</param>
/// <param name="Reference">Reference to their manifest.</param>
internal sealed record VersionArtifact(string Publication, ArtifactReference Reference)
{
    /// <summary>Name of the version in the ledger. An erasure publishes again, so model and number are not unique.</summary>
    public string Owner => "version " + Publication;
}
