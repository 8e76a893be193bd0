using System.Text.Json.Serialization;

namespace TopicGrpc.Onnx.Assets;

/// <summary>Generated reader of <see cref="EncoderManifest"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EncoderManifest))]
internal sealed partial class EncoderManifestContext : JsonSerializerContext;
