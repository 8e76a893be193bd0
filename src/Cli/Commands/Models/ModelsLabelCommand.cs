using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models label</c>: points a label to a version.</summary>
internal static class ModelsLabelCommand
{
    public static Command Create(CliContext context)
    {
        VersionArgument version = new();
        Argument<string> label = new("label")
        {
            Description = "Label, such as stable: the version in service unless a traffic policy decides otherwise.",
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("label", "Points a label to a version.");
        version.AddTo(command);
        command.Add(label);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            (string model, long number) = version.Read(parsed);
            await using ServerConnection connection = server.Connect(parsed);
            string name = parsed.GetRequiredValue(label);
            LabelChange change = await connection.CallAsync(client => client.Models.SetLabelAsync(model, name, number, token));
            string before = change.PreviousVersion is { } previous
                ? FormattableString.Invariant($", previously to version {previous}")
                : "";
            json.Context(parsed).Terminal.Line(FormattableString.Invariant($"{name} points to {model}@{number}{before}"));
            await json.WriteAsync(parsed, new { Model = model, Label = name, Version = number, Previous = change.PreviousVersion });
            return ExitCodes.Ok;
        });
        return command;
    }
}
