using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--server</c>: addresses of the server, and the credentials for it, by default from the environment.</summary>
/// <param name="context">Reads the environment variables.</param>
/// <param name="otherwise">Default named in the help when neither option nor variable is set.</param>
internal sealed class ServerOption(CliContext context, string otherwise = ServerAddress.Default)
{
    private readonly Option<string?> _address = new("--server")
    {
        Description = "Address of the server, host:port or http://host:port, or of several members of a cluster, separated by commas. "
            + $"Default: the variable {ServerAddress.Variable}, otherwise {otherwise}.",
    };

    private readonly CredentialOptions _credentials = new(context);

    public void AddTo(Command command)
    {
        command.Add(_address);
        _credentials.AddTo(command);
    }

    /// <summary>Returns the addresses; null if neither option nor variable is set.</summary>
    public IReadOnlyList<Uri>? Given(ParseResult parsed) =>
        (parsed.GetValue(_address) ?? context.Variable(ServerAddress.Variable)) is { Length: > 0 } text
            ? ServerAddress.ParseAll(text)
            : null;

    /// <summary>Returns the address, by default <see cref="ServerAddress.Default"/>, for a command about one server.</summary>
    /// <exception cref="CliException">Several addresses are set.</exception>
    public Uri One(ParseResult parsed) => Given(parsed) switch
    {
        null => new Uri(ServerAddress.Default),
        [Uri address] => address,
        IReadOnlyList<Uri> several => throw new CliException(
            $"--server: {several.Count} addresses; this command takes one", ExitCodes.BadInput),
    };

    /// <summary>Returns what configures a client with the credentials that are given.</summary>
    public Action<TopicGrpcClientOptions> Configure(ParseResult parsed) => _credentials.Read(parsed);

    /// <summary>Connects to the given server, by default to <see cref="ServerAddress.Default"/>.</summary>
    public ServerConnection Connect(ParseResult parsed) => ConnectTo(Given(parsed) ?? [new Uri(ServerAddress.Default)], parsed);

    /// <summary>Connects to a server, or to the members of a cluster, with the credentials that are given.</summary>
    public ServerConnection ConnectTo(IReadOnlyList<Uri> addresses, ParseResult parsed) =>
        ServerConnection.To(addresses, _credentials.Read(parsed));
}
