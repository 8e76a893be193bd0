using System.CommandLine;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics delete</c>: makes the documents of topics outliers.</summary>
internal static class TopicsDeleteCommand
{
    public static Command Create(CliContext context)
    {
        DerivationOptions derive = new(context);
        Argument<int[]> topics = new("topic")
        {
            CustomParser = NumberParsing.WholeNumbers,
            Description = "Numbers of the topics to delete.",
            Arity = ArgumentArity.OneOrMore,
        };
        Command command = new("delete", "Makes a new version without some topics; their documents become outliers.");
        derive.AddTo(command);
        command.Add(topics);
        command.SetAction((parsed, token) => derive.RunAsync(parsed, new DeleteTopics(parsed.GetRequiredValue(topics)), token));
        return command;
    }
}
