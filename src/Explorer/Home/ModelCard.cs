using TopicGrpc.Client.Models;

namespace TopicGrpc.Explorer.Home;

/// <summary>A model of the home view.</summary>
/// <param name="Model">The model.</param>
/// <param name="Shown">Its newest versions, the newest first; before them the version with the label <c>stable</c> if it is older.</param>
/// <param name="HasMore">Whether there are further versions.</param>
public sealed record ModelCard(ModelInfo Model, IReadOnlyList<ModelVersion> Shown, bool HasMore);
