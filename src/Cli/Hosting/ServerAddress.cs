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

    /// <summary>Parses the addresses of the members of a cluster.</summary>
    /// <param name="text">One or more addresses, separated by commas.</param>
    /// <exception cref="CliException">The text is no list of addresses of members.</exception>
    public static IReadOnlyList<Uri> ParseAll(string text)
    {
        Uri[] addresses = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(Parse)];
        return addresses.Length == 1 || addresses.All(address => address.Scheme != "dns" && address.Scheme == addresses[0].Scheme)
            ? addresses
            : throw new CliException(
                $"--server: \"{text}\" has several addresses; all of them must be http, or all of them https", ExitCodes.BadInput);
    }

    private static bool IsKnown(string scheme) => scheme is "http" or "https" or "dns";
}
