using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Commands.Fits;

/// <summary><c>fits list</c>: lists fits, newest first.</summary>
internal static class FitsListCommand
{
    public static Command Create(CliContext context)
    {
        Option<string?> model = new("--model") { Description = "Only fits of this model. Default: all fits." };
        Option<int> count = new("--count")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Most fits to list, 1 or more.",
            DefaultValueFactory = static _ => 20,
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("list", "Lists fits and derivations, newest first.") { model, count };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            List<FitInfo> fits = await connection.CallAsync(async client =>
                await client.Fits.ListAsync(parsed.GetValue(model), token).Take(parsed.GetValue(count)).ToListAsync(token));
            json.Context(parsed).Terminal.Write(FitTable.Of(fits));
            await json.WriteAsync(parsed, fits);
            return ExitCodes.Ok;
        });
        return command;
    }
}
