using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive;

/// <summary>A model read from an archive.</summary>
/// <param name="Model">The model.</param>
/// <param name="Manifest">The manifest.</param>
/// <param name="SelfTest">Self-test to run before the model serves.</param>
public sealed record ArchivedModel(TopicModel Model, ArchiveManifest Manifest, ModelSelfTest SelfTest);
