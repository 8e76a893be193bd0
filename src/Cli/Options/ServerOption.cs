using System.CommandLine;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--server</c>, with its default from the environment.</summary>
/// <param name="context">Where the variable is looked up.</param>
/// <param name="otherwise">What serves where neither option nor variable states an address.</param>
internal sealed class ServerOption(CliContext context, string otherwise = ServerAddress.Default)
{
    private readonly Option<string?> _address = new("--server")
    {
        Description = $"Address of the server, host:port or http://host:port. Default: {ServerAddress.Variable}, else {otherwise}.",
    };

    public void AddTo(Command command) => command.Add(_address);

    /// <summary>The address stated; null where neither option nor variable states one.</summary>
    public Uri? Stated(ParseResult parsed) =>
        (parsed.GetValue(_address) ?? context.Variable(ServerAddress.Variable)) is { Length: > 0 } written ? ServerAddress.Parse(written) : null;

    /// <summary>Connects to the server stated, or to the one on this machine.</summary>
    public ServerConnection Connect(ParseResult parsed) => ServerConnection.To(Stated(parsed) ?? new Uri(ServerAddress.Default));
}
