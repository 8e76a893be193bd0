namespace TopicGrpc.Client.Models;

/// <summary>Origin of an imported version.</summary>
/// <param name="Format">Format of the files: <c>bertopic-safetensors</c>.</param>
/// <param name="EncoderName">Name of the encoder in the files; empty for none.</param>
/// <param name="Sha256">
/// SHA-256, lower-case hexadecimal, of the lines that <c>sha256sum</c> prints of the files in the order of their names.
/// </param>
/// <param name="Size">Total size of the files in bytes.</param>
public sealed record ModelSource(string Format, string EncoderName, string Sha256, long Size);
