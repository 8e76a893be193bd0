using System.CommandLine;
using System.Net;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Server;

namespace TopicGrpc.Cli.Commands.Serving;

/// <summary><c>serve</c>: the server, until it is told to stop.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 5400;

    public static Command Create(CliContext context)
    {
        Option<int?> port = new("--port") { Description = $"Port; 0 takes any that is free. Default {DefaultPort}." };
        Option<string?> urls = new("--urls") { Description = "Address and port as one, http://127.0.0.1:5400. There is no encryption and no login: other addresses than loopback belong behind a proxy." };
        Option<string> data = new("--data") { Description = "Data folder; made when there is none.", DefaultValueFactory = _ => "data" };
        Option<bool> reflection = new("--reflection") { Description = "Let clients such as grpcurl ask for the contract." };
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
            json.Context(parsed).Terminal.Line($"listening on {host.Address.AbsoluteUri.TrimEnd('/')}, data in {Path.GetFullPath(settings.DataDirectory!)}; Ctrl+C stops");
            await json.WriteAsync(parsed, new { address = host.Address, data = Path.GetFullPath(settings.DataDirectory!) });
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

        var address = ServerAddress.Parse(url);
        string host = address.IsLoopback && !IPAddress.TryParse(address.Host, out _) ? IPAddress.Loopback.ToString() : address.DnsSafeHost;
        return IPAddress.TryParse(host, out _)
            ? settings with { Address = host, Port = port ?? address.Port }
            : throw new CliException($"--urls: \"{host}\" is no IP address", ExitCodes.BadInput);
    }
}
