using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models delete</c>: deletes a version permanently.</summary>
internal static class ModelsDeleteCommand
{
    public static Command Create(CliContext context)
    {
        VersionArgument version = new();
        Option<bool> allowMissing = new("--allow-missing") { Description = "Succeed if the version does not exist." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(
            "delete",
            "Deletes a version permanently. A version that a label or the traffic policy names is in use and cannot be deleted.");
        version.AddTo(command);
        command.Add(allowMissing);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            (string model, long number) = version.Read(parsed);
            await using ServerConnection connection = server.Connect(parsed);
            await connection.CallAsync(async client =>
            {
                await client.Models.DeleteVersionAsync(model, number, parsed.GetValue(allowMissing), token);
                return number;
            });
            json.Context(parsed).Terminal.Line(FormattableString.Invariant($"{model}@{number} deleted"));
            await json.WriteAsync(parsed, new { Model = model, Deleted = number });
            return ExitCodes.Ok;
        });
        return command;
    }
}
