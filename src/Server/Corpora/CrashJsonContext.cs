using System.Text.Json.Serialization;

namespace TopicGrpc.Server.Corpora;

/// <summary>Serialization of <see cref="CrashRecord"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(CrashRecord))]
internal sealed partial class CrashJsonContext : JsonSerializerContext;
