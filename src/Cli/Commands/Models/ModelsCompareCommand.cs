using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models compare</c>: shows how topics changed between two versions.</summary>
internal static class ModelsCompareCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Name of the model whose versions to compare." };
        Option<string> from = new("--from")
        {
            Description = "Older version: a number, a label, or a version of another model (news@3). Required.",
            Required = true,
        };
        Option<string?> to = new("--to") { Description = "Newer version, in the same form. Default: the version in service." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("compare", "Shows which topics two versions share, and which were split, merged, added or removed.")
        {
            model,
            from,
            to,
        };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string name = parsed.GetRequiredValue(model);
            ModelSelector before = Select(name, parsed.GetRequiredValue(from));
            ModelSelector after = parsed.GetValue(to) is { } newer ? Select(name, newer) : new ModelSelector(name);
            await using ServerConnection connection = server.Connect(parsed);
            VersionComparison comparison = await connection.CallAsync(client => client.Models.CompareAsync(before, after, token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Heading($"{comparison.Before} → {comparison.After}");
            terminal.Write(ComparisonTable.Of(comparison.Matches));
            terminal.Line(ComparisonTable.Summary(comparison));
            await json.WriteAsync(parsed, comparison);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static ModelSelector Select(string model, string version) =>
        ModelSelector.FromString(version.Contains('@', StringComparison.Ordinal) ? version : $"{model}@{version}");
}
