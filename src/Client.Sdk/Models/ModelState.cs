namespace TopicGrpc.Client.Models;

/// <summary>A model at one moment.</summary>
/// <param name="Model">The model.</param>
/// <param name="Versions">Its versions that are not merely stored, the newest first.</param>
public sealed record ModelState(ModelInfo Model, IReadOnlyList<ModelVersion> Versions);
