using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Commands.Fits;

/// <summary><c>fits estimate</c>: estimates time and memory of a fit without starting it.</summary>
internal static class FitsEstimateCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> corpus = new("CORPUS") { Description = "Corpus of the training documents." };
        SettingsOption settings = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("estimate", "Estimates time and memory of a fit without starting it.") { corpus };
        settings.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            FitSettings given = await settings.ReadAsync(parsed, defaultFile: null, token);
            await using ServerConnection connection = server.Connect(parsed);
            FitEstimate estimate = await connection.CallAsync(
                client => client.Fits.EstimateAsync(parsed.GetRequiredValue(corpus), given, token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Write(EstimateTable.Of(estimate));
            terminal.Line(EstimateTable.LineOf(estimate));
            await json.WriteAsync(parsed, estimate);
            return ExitCodes.Ok;
        });
        return command;
    }
}
