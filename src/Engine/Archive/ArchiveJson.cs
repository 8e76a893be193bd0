using System.Text.Json.Serialization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive;

/// <summary>How the JSON files of an archive are written: names as in C#, numbers in full precision, limits without bound as <c>"Infinity"</c>.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    Converters = [typeof(FrequencyLimitJson), typeof(StringSetJson)])]
[JsonSerializable(typeof(ArchiveManifest))]
[JsonSerializable(typeof(FitReport))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
