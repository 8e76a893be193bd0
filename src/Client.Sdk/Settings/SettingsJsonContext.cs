using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Generated JSON code of the types that the converters read and write.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(KeyBertInspired))]
[JsonSerializable(typeof(MaximalMarginalRelevance))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class SettingsJsonContext : JsonSerializerContext;
