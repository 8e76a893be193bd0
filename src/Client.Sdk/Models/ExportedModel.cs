namespace TopicGrpc.Client.Models;

/// <summary>A version that was written as a folder for BERTopic.</summary>
/// <param name="Model">Model it belongs to.</param>
/// <param name="Version">Its number.</param>
/// <param name="EncoderSha256">SHA-256 of the weights of the encoder that it needs, lower-case hexadecimal.</param>
/// <param name="Directory">Full path of the folder.</param>
/// <param name="Files">The files, checked against their hashes.</param>
public sealed record ExportedModel(string Model, long Version, string EncoderSha256, string Directory, IReadOnlyList<ModelFile> Files);
