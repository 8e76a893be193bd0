namespace TopicGrpc.Client.Models;

/// <summary>Where an imported version came from.</summary>
/// <param name="Format">Format of the files: <c>bertopic-safetensors</c>.</param>
/// <param name="EncoderName">Encoder by the name that the files give; empty where they give none.</param>
/// <param name="Sha256">SHA-256, lower-case hexadecimal, of the lines that <c>sha256sum</c> prints of the files in the order of their names.</param>
/// <param name="Size">Bytes of all files together.</param>
public sealed record ModelSource(string Format, string EncoderName, string Sha256, long Size);
