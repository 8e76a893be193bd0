using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Representation of topics; Python <c>representation_model</c>. In a chain of at most 8 steps, the first step gets the 30 words with the
/// largest weights, and each other step gets the words of the previous step. An empty chain returns the words with the largest weights.
/// </summary>
[JsonConverter(typeof(RepresentationSettingsConverter))]
public sealed record RepresentationSettings
{
    /// <summary>Chain for the main words. Python: a list, or the entry <c>Main</c> of a dict.</summary>
    public IReadOnlyList<TopicRepresentation> Main { get; init; } = [];

    /// <summary>
    /// Chains of aspects by name: further lists of words for the same topics. At most 16 aspects, names of at most 64 bytes. Python: the
    /// other entries of a dict.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TopicRepresentation>> Aspects { get; init; } =
        new Dictionary<string, IReadOnlyList<TopicRepresentation>>();
}
