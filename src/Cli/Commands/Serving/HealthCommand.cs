using System.CommandLine;
using System.Globalization;
using System.Net;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Serving;

/// <summary><c>health</c>: asks a server whether it answers calls. Images without a shell use it as their health check.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create(CliContext context)
    {
        ServerOption server = new(context);
        Command command = new("health", "Asks a server whether it answers calls; exit code 0 or 1.");
        server.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            Uri address = server.One(parsed);
            string answer = await AskAsync(address, token);
            context.Terminal.Line(answer);
            return answer.StartsWith("ok", StringComparison.Ordinal) ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<string> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using HttpClient client = new() { BaseAddress = address, Timeout = Patience };
        using HttpRequestMessage request = new(HttpMethod.Get, "/readyz")
        {
            // Without TLS the port serves HTTP/2 only.
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        try
        {
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            string text = (await response.Content.ReadAsStringAsync(cancellationToken)).Trim();
            return response.IsSuccessStatusCode || !text.StartsWith("ok", StringComparison.Ordinal)
                ? text
                : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException unreachable)
        {
            return $"{address.Authority} cannot be reached: {unreachable.Message}";
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{address.Authority} did not answer within {Patience.TotalSeconds:0} seconds";
        }
    }
}
