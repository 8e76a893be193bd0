using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models label</c>: points a label at a version.</summary>
internal static class ModelsLabelCommand
{
    public static Command Create(CliContext context)
    {
        VersionArgument version = new();
        Argument<string> label = new("label") { Description = "Label, such as stable, which answers calls that name no version." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("label", "Points a label at a version.");
        version.AddTo(command);
        command.Add(label);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            (string model, long number) = version.Read(parsed);
            await using ServerConnection connection = server.Connect(parsed);
            LabelChange change = await connection.CallAsync(client => client.Models.SetLabelAsync(model, parsed.GetRequiredValue(label), number, token));
            string before = change.PreviousVersion is { } previous ? FormattableString.Invariant($", before at version {previous}") : "";
            json.Context(parsed).Terminal.Line(FormattableString.Invariant($"{parsed.GetRequiredValue(label)} points at {model}@{number}{before}"));
            await json.WriteAsync(parsed, new { Model = model, Label = parsed.GetRequiredValue(label), Version = number, Previous = change.PreviousVersion });
            return ExitCodes.Ok;
        });
        return command;
    }
}
