using TopicGrpc.Cluster.Artifacts;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>A row that names the result of a stage.</summary>
/// <param name="Publication">Id of the publication that wrote the objects.</param>
/// <param name="Manifest">Reference to the manifest.</param>
/// <param name="Keys">Keys of the objects.</param>
internal sealed record SimulatedCheckpoint(string Publication, ArtifactReference Manifest, IReadOnlyList<string> Keys);
