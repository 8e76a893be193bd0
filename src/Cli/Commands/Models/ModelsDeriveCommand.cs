using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models derive</c>: runs an operation from a file.</summary>
internal static class ModelsDeriveCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Argument<string> file = new("operation")
        {
            Description = "JSON file with one operation and its arguments by BERTopic's names, such as {\"update_topics\": "
                + "{\"top_n_words\": 5}}.",
        };
        Command command = new("derive", "Makes a new version by an operation on the topics of another.");
        derive.AddTo(command);
        command.Add(file);
        command.SetAction(async (parsed, token) =>
            await derive.RunAsync(parsed, await OperationFile.LoadAsync(parsed.GetRequiredValue(file), token), token));
        return command;
    }
}
