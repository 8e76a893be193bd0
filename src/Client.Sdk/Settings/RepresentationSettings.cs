using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// How the words of topics are chosen; Python <c>representation_model</c>. In a chain, at most 8 long, the first gets the 30 best words by
/// weight and each other one the words of the one before. An empty chain means the best words by weight.
/// </summary>
[JsonConverter(typeof(RepresentationSettingsConverter))]
public sealed record RepresentationSettings
{
    /// <summary>Chain for the main words. Python: a list, or the entry <c>Main</c> of a dict.</summary>
    public IReadOnlyList<TopicRepresentation> Main { get; init; } = [];

    /// <summary>Chains by name of the aspect, at most 16, a name at most 64 bytes: other words for the same topics, beside the main ones. Python: the other entries of a dict.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TopicRepresentation>> Aspects { get; init; } = new Dictionary<string, IReadOnlyList<TopicRepresentation>>();
}
