using System.Text.Json.Serialization;

namespace TopicGrpc.Onnx.Assets;

/// <summary>Source-generated JSON metadata of <see cref="EncoderManifest"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EncoderManifest))]
internal sealed partial class EncoderManifestContext : JsonSerializerContext;
