namespace TopicGrpc.Client.Models;

/// <summary>A version exported as a folder that BERTopic reads.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Version">Number of the version.</param>
/// <param name="EncoderSha256">SHA-256 of the weights of its encoder, lower-case hexadecimal.</param>
/// <param name="Directory">Full path of the folder.</param>
/// <param name="Files">Files, verified by their hashes.</param>
public sealed record ExportedModel(string Model, long Version, string EncoderSha256, string Directory, IReadOnlyList<ModelFile> Files);
