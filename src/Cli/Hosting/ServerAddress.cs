using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Hosting;

/// <summary>Parses the address of a server.</summary>
internal static class ServerAddress
{
    public const string Variable = "TOPICGRPC_SERVER";

    /// <summary>Address on which <c>serve</c> listens by default.</summary>
    public const string Default = "http://127.0.0.1:5400";

    /// <param name="text"><c>host:port</c> or a URL.</param>
    /// <exception cref="CliException">The text is not an address.</exception>
    public static Uri Parse(string text)
    {
        string full = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(full, UriKind.Absolute, out Uri? address) && IsKnown(address.Scheme)
            ? address
            : throw new CliException($"--server: \"{text}\" is not an address; write host:port or http://host:port", ExitCodes.BadInput);
    }

    private static bool IsKnown(string scheme) => scheme is "http" or "https" or "dns";
}
