using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics layers</c>: lists the layers of a version, or the topics of one layer.</summary>
internal static class TopicsLayersCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Option<string?> layer = new("--layer")
        {
            Description = "Layer whose topics to list, such as coarser-1. Default: none; lists the layers.",
            HelpName = "layer",
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(
            "layers", "Lists the resolutions at which a model has topics, or the topics of one of them with their parents.");
        model.AddTo(command);
        command.Add(layer);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            ModelSelector selector = model.Read(parsed);
            Terminal terminal = json.Context(parsed).Terminal;
            if (parsed.GetValue(layer) is { } name)
            {
                LayerTopics topics = await connection.CallAsync(client => client.Topics.ListLayerTopicsAsync(selector, name, token));
                terminal.Heading(FormattableString.Invariant($"{topics.Model}@{topics.Version} {topics.Layer}"));
                terminal.Write(LayerTables.Of(topics));
                await json.WriteAsync(parsed, topics);
            }
            else
            {
                TopicLayers layers = await connection.CallAsync(client => client.Topics.ListLayersAsync(selector, token));
                terminal.Heading(FormattableString.Invariant($"{layers.Model}@{layers.Version}"));
                terminal.Write(LayerTables.Of(layers));
                await json.WriteAsync(parsed, layers);
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
