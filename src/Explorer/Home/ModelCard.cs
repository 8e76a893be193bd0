using TopicGrpc.Client.Models;

namespace TopicGrpc.Explorer.Home;

/// <summary>A model of the home view.</summary>
/// <param name="Model">The model.</param>
/// <param name="Newest">Its newest versions, the newest first.</param>
/// <param name="HasMore">Whether there are older versions.</param>
public sealed record ModelCard(ModelInfo Model, IReadOnlyList<ModelVersion> Newest, bool HasMore);
