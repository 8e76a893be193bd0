using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Explorer;
using TopicGrpc.Explorer.Hosting;

namespace TopicGrpc.Cli.Commands.Serving;

/// <summary><c>explore</c>: serves the web page of a server on a port of this machine.</summary>
internal static class ExploreCommand
{
    private const int DefaultPort = 5480;

    public static Command Create(CliContext context)
    {
        Option<int?> port = new("--port")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = $"TCP port on 127.0.0.1, 0 to 65535; 0 means any free port. Default: {DefaultPort}.",
        };
        ServerOption server = new(context);
        PageSignInOptions signIn = new();
        JsonOption json = new(context);
        Command command = new(
            "explore",
            "Serves the web page of a server on this machine until Ctrl+C. Visitors sign in on the page: an API key is not used here.")
        {
            port,
        };
        server.AddTo(command);
        signIn.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            Uri address = server.One(parsed);
            Action<TopicGrpcClientOptions> configure = server.Configure(parsed);
            ExplorerOptions options = new() { Server = () => Options(address, configure), Oidc = signIn.Read(parsed) };
            await using ExplorerHost page = await StartAsync(options, parsed.GetValue(port) ?? DefaultPort, token);
            json.Context(parsed).Terminal.Line($"web page of {address.Authority} on {page.Address}; Ctrl+C stops");
            await json.WriteAsync(parsed, new { page = page.Address, server = address });
            await context.Results.FlushAsync(token);
            await page.WaitForShutdownAsync(token);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static TopicGrpcClientOptions Options(Uri address, Action<TopicGrpcClientOptions> configure)
    {
        TopicGrpcClientOptions options = new() { Address = address };
        configure(options);
        return options;
    }

    private static async Task<ExplorerHost> StartAsync(ExplorerOptions options, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await ExplorerHost.StartAsync(options, port, cancellationToken);
        }
        catch (IOException e)
        {
            throw new CliException($"--port: {e.Message}", ExitCodes.Failed, e);
        }
    }
}
