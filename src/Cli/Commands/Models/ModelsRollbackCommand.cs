using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models rollback</c>: points a label back to its previous version.</summary>
internal static class ModelsRollbackCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Name of the model, such as news." };
        Argument<string> label = new("label") { Description = "Label to roll back.", DefaultValueFactory = _ => "stable" };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("rollback", "Points a label back to the version before its last move; one step.") { model, label };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string name = parsed.GetRequiredValue(label);
            await using ServerConnection connection = server.Connect(parsed);
            ModelInfo after = await connection.CallAsync(client =>
                client.Models.RollbackLabelAsync(parsed.GetRequiredValue(model), name, etag: null, token));
            json.Context(parsed).Terminal.Line(FormattableString.Invariant($"{name} points to {after.Name}@{after.Labels[name]}"));
            await json.WriteAsync(parsed, new { Model = after.Name, Label = name, Version = after.Labels[name] });
            return ExitCodes.Ok;
        });
        return command;
    }
}
