namespace TopicGrpc.Client.Servers;

/// <summary>An encoder of a server.</summary>
/// <param name="Id">Name, such as <c>all-MiniLM-L6-v2</c>.</param>
/// <param name="Sha256">SHA-256 of its weights, lower-case hexadecimal.</param>
/// <param name="Dimension">Dimension of an embedding.</param>
/// <param name="Precision"><c>full</c> or <c>fast</c>.</param>
public sealed record EncoderInfo(string Id, string Sha256, int Dimension, string Precision);
