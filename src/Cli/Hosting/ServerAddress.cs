using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Hosting;

/// <summary>Reads the address of a server as people write it.</summary>
internal static class ServerAddress
{
    public const string Variable = "TOPICGRPC_SERVER";

    /// <summary>What <c>serve</c> listens on unless told otherwise.</summary>
    public const string Default = "http://127.0.0.1:5400";

    /// <param name="written"><c>host:port</c> or a whole address.</param>
    /// <exception cref="CliException">It is no address.</exception>
    public static Uri Parse(string written)
    {
        string full = written.Contains("://", StringComparison.Ordinal) ? written : $"http://{written}";
        return Uri.TryCreate(full, UriKind.Absolute, out Uri? address) && IsKnown(address.Scheme)
            ? address
            : throw new CliException($"--server: \"{written}\" is no address; write host:port or http://host:port", ExitCodes.BadInput);
    }

    private static bool IsKnown(string scheme) => scheme is "http" or "https" or "dns";
}
