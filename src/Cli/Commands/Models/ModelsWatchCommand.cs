using System.CommandLine;
using System.Text.Json;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models watch</c>: writes a line for every change until it is interrupted.</summary>
internal static class ModelsWatchCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Name of the model, such as news." };
        Option<int> count = new("--count")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Number of states to write, 0 or more; 0 means until interrupted.",
            DefaultValueFactory = _ => 0,
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("watch", "Writes the state of a model now and after every change; with --json one object per line.")
        {
            model,
            count,
        };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            return await connection.CallAsync(async client =>
            {
                int written = 0;
                await foreach (ModelState state in client.Models.WatchAsync(parsed.GetRequiredValue(model), token))
                {
                    json.Context(parsed).Terminal.Line(ModelTables.LineOf(state));
                    if (json.IsSet(parsed))
                    {
                        var result = new { state.Model, Versions = state.Versions.Select(ReportVersion.Of) };
                        await context.Results.WriteLineAsync(JsonSerializer.Serialize(result, Json.Line));
                    }

                    if (++written == parsed.GetValue(count))
                    {
                        break;
                    }
                }

                return ExitCodes.Ok;
            });
        });
        return command;
    }
}
