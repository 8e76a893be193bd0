using System.Net;
using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Hosting;

/// <summary>Parses the URL that <c>serve</c> listens on. A part that the server would ignore is rejected.</summary>
internal static class ListeningAddress
{
    private const string Option = "--urls";

    /// <param name="text">For example <c>http://127.0.0.1:5400</c>.</param>
    /// <param name="port">Port instead of that of the URL; null: that of the URL.</param>
    /// <returns>URL of an IP address, as the server's setting <c>urls</c> takes it.</returns>
    /// <exception cref="CliException">The text is no URL of an IP address, or asks for more than the server does.</exception>
    public static string Parse(string text, int? port)
    {
        if (text.Contains(';', StringComparison.Ordinal) || text.Contains(',', StringComparison.Ordinal))
        {
            throw Invalid($"\"{text}\" has several addresses; the server listens on one");
        }

        if (text.Contains("://*", StringComparison.Ordinal) || text.Contains("://+", StringComparison.Ordinal))
        {
            throw Invalid($"\"{text}\" has a wildcard; write http://0.0.0.0:PORT or http://[::]:PORT to listen on all addresses");
        }

        string full = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        if (!Uri.TryCreate(full, UriKind.Absolute, out Uri? url))
        {
            throw Invalid($"\"{text}\" is not a URL; write http://IP-ADDRESS:PORT");
        }

        Check(text, url);
        string host = url.IsLoopback && !IPAddress.TryParse(url.Host, out _) ? IPAddress.Loopback.ToString() : url.DnsSafeHost;
        return IPAddress.TryParse(host, out IPAddress? address)
            ? $"{url.Scheme}://{new IPEndPoint(address, port ?? url.Port)}"
            : throw Invalid($"\"{host}\" is not an IP address");
    }

    private static void Check(string text, Uri url)
    {
        if (url.Scheme is not ("http" or "https"))
        {
            throw Invalid($"\"{url.Scheme}\" is not supported; write http://IP-ADDRESS:PORT or https://IP-ADDRESS:PORT");
        }

        if (url.AbsolutePath is not "/" || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
        {
            throw Invalid($"\"{text}\" has more than address and port; the server would ignore the rest");
        }
    }

    private static CliException Invalid(string message) => new($"{Option}: {message}", ExitCodes.BadInput);
}
