using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Representation of topics; Python <c>representation_model</c>. In a chain of at most 8 steps, the first step gets the 30 words with the
/// largest
/// weights, and each other step the words of the previous one. An empty chain returns the words with the largest weights.
/// </summary>
[JsonConverter(typeof(RepresentationSettingsConverter))]
public sealed record RepresentationSettings
{
    /// <summary>Chain for the main words. Python: a list, or the entry <c>Main</c> of a dict.</summary>
    public IReadOnlyList<TopicRepresentation> Main { get; init; } = [];

    /// <summary>
    /// Chains by name of the aspect, at most 16, a name at most 64 bytes: other words for the same topics, beside the main ones. Python:
    /// the other entries of a dict.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TopicRepresentation>> Aspects { get; init; } =
        new Dictionary<string, IReadOnlyList<TopicRepresentation>>();
}
