using System.Text.Json;
using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Converts a preset to its name in lower case.</summary>
internal sealed class FitPresetConverter() : JsonStringEnumConverter<FitPreset>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
