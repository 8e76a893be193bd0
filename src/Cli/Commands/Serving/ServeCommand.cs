using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Server;

namespace TopicGrpc.Cli.Commands.Serving;

/// <summary><c>serve</c>: runs the server until it is stopped.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 5400;

    public static Command Create(CliContext context)
    {
        Option<int?> port = new("--port")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = $"TCP port, 0 to 65535; 0 means any free port. Default: {DefaultPort}.",
        };
        Option<string?> urls = new("--urls")
        {
            Description = $"IP address and port as a URL; --port overrides its port. There is no TLS and no login: "
                + $"put other addresses than loopback behind a proxy. Default: http://127.0.0.1:{DefaultPort}.",
        };
        Option<string> data = new("--data") { Description = "Data folder; created if missing.", DefaultValueFactory = _ => "data" };
        Option<bool> reflection = new("--reflection") { Description = "Enable gRPC reflection, which grpcurl needs." };
        LocalServerOptions local = new();
        JsonOption json = new(context);
        Command command = new("serve", "Runs the server until Ctrl+C.") { port, urls, data, reflection };
        local.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            ServerSettings settings = local.Read(parsed, parsed.GetRequiredValue(data), parsed.GetValue(reflection));
            settings = Listening(settings, parsed.GetValue(urls), parsed.GetValue(port));
            await using ServerHost host = await ServerHost.StartAsync(settings, token);
            string folder = Path.GetFullPath(settings.DataDirectory!);
            json.Context(parsed).Terminal.Line($"listening on {host.Address.AbsoluteUri.TrimEnd('/')}, data in {folder}; Ctrl+C stops");
            await json.WriteAsync(parsed, new { address = host.Address, data = folder });
            await context.Results.FlushAsync(token);
            await host.WaitForShutdownAsync(token);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static ServerSettings Listening(ServerSettings settings, string? url, int? port)
    {
        if (url is null)
        {
            return settings with { Port = port ?? DefaultPort };
        }

        (string address, int urlPort) = ListeningAddress.Parse(url);
        return settings with { Address = address, Port = port ?? urlPort };
    }
}
