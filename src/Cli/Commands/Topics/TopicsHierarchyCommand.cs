using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics hierarchy</c>: shows the hierarchy of topics.</summary>
internal static class TopicsHierarchyCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("hierarchy", "Shows the hierarchy of topics as a tree.");
        model.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            TopicHierarchy hierarchy = await connection.CallAsync(client => client.Topics.GetHierarchyAsync(model.Read(parsed), token));
            json.Context(parsed).Terminal.Heading(FormattableString.Invariant($"{hierarchy.Model}@{hierarchy.Version}"));
            json.Context(parsed).Terminal.Line(hierarchy.Tree.TrimEnd('\n'));
            json.Context(parsed).Terminal.Line(hierarchy.LayerTree.TrimEnd('\n'));
            await json.WriteAsync(parsed, hierarchy);
            return ExitCodes.Ok;
        });
        return command;
    }
}
