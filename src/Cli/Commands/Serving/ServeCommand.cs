using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Cluster;
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
            Description = "IP address and port as a URL; --port overrides its port. https needs --tls-cert. Default: "
                + $"http://127.0.0.1:{DefaultPort}.",
        };
        Option<string> data = new("--data") { Description = "Data folder; created if missing.", DefaultValueFactory = _ => "data" };
        Option<bool> reflection = new("--reflection") { Description = "Enable gRPC reflection, which grpcurl needs." };
        TransportOptions transport = new();
        LocalServerOptions local = new();
        JsonOption json = new(context);
        Command command = new("serve", "Runs the server until Ctrl+C.") { port, urls, data, reflection };
        transport.AddTo(command);
        local.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            ServerSettings settings = local.Read(parsed, parsed.GetRequiredValue(data), parsed.GetValue(reflection));
            settings = settings with
            {
                Port = parsed.GetValue(port) ?? DefaultPort,
                Configuration = transport.Read(parsed),
                Compose = ClusterRegistration.AddCluster,
                LogsProblems = true,
            };
            if (parsed.GetValue(urls) is { } url)
            {
                settings = settings with { Urls = ListeningAddress.Parse(url, parsed.GetValue(port)) };
            }

            await using ServerHost host = await ServerHost.StartAsync(settings, token);
            string folder = Path.GetFullPath(settings.DataDirectory!);
            json.Context(parsed).Terminal.Line($"listening on {host.Address.AbsoluteUri.TrimEnd('/')}, data in {folder}; Ctrl+C stops");
            if (host.PageAddress is { } page)
            {
                json.Context(parsed).Terminal.Line($"web page on {page}");
            }

            await json.WriteAsync(
                parsed,
                new { address = host.Address, httpAddress = host.HttpAddress, page = host.PageAddress, data = folder });

            // A server that has announced its address ends with 0 when it is asked to stop, however early.
            await context.Results.FlushAsync(CancellationToken.None);
            await host.WaitForShutdownAsync(token);
            if (host.Failure is { } failure)
            {
                await context.Errors.WriteLineAsync("error: " + failure);
                return ExitCodes.Failed;
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
