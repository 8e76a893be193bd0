using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Commands.Fits;

/// <summary><c>fits watch</c>: writes the events of a fit until it ends.</summary>
internal static class FitsWatchCommand
{
    public static Command Create(CliContext context)
    {
        FitArgument fit = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("watch", "Writes the events of a fit until it ends; with --json one object per line. Fails if the fit does.");
        fit.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            return await connection.CallAsync(async client =>
            {
                FitInfo? last = null;
                await foreach (FitEvent change in client.Fits.Attach(fit.Read(parsed)).WatchAsync(cancellationToken: token))
                {
                    last = change.Fit;
                    json.Context(parsed).Terminal.Line(FitTable.LineOf(last));
                    if (json.IsSet(parsed))
                    {
                        await context.Results.WriteLineAsync(JsonSerializer.Serialize(change, Json.Line));
                    }
                }

                return last?.State == FitState.Failed ? throw new CliException(last.ErrorMessage) : ExitCodes.Ok;
            });
        });
        return command;
    }
}
