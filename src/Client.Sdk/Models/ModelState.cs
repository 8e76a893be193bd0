namespace TopicGrpc.Client.Models;

/// <summary>State of a model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Versions">Versions that are not only stored, the newest first.</param>
public sealed record ModelState(ModelInfo Model, IReadOnlyList<ModelVersion> Versions);
