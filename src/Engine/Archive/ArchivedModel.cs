using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive;

/// <summary>A model as read from its archive.</summary>
/// <param name="Model">The model.</param>
/// <param name="Manifest">What the manifest says.</param>
/// <param name="SelfTest">Questions to ask the model before it serves.</param>
public sealed record ArchivedModel(TopicModel Model, ArchiveManifest Manifest, ModelSelfTest SelfTest);
