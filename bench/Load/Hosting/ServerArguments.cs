namespace TopicGrpc.Load.Hosting;

/// <summary>Arguments of a server process.</summary>
/// <param name="DataDirectory">Data folder.</param>
/// <param name="Precision"><c>full</c>, <c>fast</c>, or <c>planted</c> for an encoder of planted texts.</param>
/// <param name="KeepLoaded">Number of versions without a label that stay loaded.</param>
/// <param name="Port">Port; 0 for a free port.</param>
/// <param name="CertificateFile">Certificate and key as one PEM file; empty for no TLS.</param>
internal sealed record ServerArguments(
    string DataDirectory,
    string Precision,
    int KeepLoaded,
    int Port = 0,
    string CertificateFile = "")
{
    /// <summary>Name of the encoder of planted texts.</summary>
    public const string Planted = "planted";
}
